"""Keeping a file until its person has said yes, and bringing in what it holds: all of it, or nothing."""
