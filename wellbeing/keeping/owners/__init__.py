"""Whose a row is, where the release before did not write it down (docs/scaling.md)."""
