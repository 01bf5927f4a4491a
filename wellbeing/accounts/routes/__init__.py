"""HTTP in, HTTP out: the ways in, signing in and out, and the settings."""
