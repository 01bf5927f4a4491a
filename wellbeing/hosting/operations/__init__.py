"""Each is one command's work."""
