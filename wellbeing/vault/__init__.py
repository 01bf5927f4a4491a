"""Encrypting and reading private words. Knows people and notes, no Flask; facilitators' features cannot import it."""
