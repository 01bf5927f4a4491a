"""What only the host does, from the command line: backups, putting one back, new keys."""
