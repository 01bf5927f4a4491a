"""What changes keys, and what they open."""
