"""Tables. One noun, one file; import the noun from its own file."""
