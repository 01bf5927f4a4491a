"""Verbs of the people who run a group, and of those who leave it. Each is one transaction, and twice is once."""
