"""What a person has here, for their own file; what of a file they have already; the file that waits for a yes."""
