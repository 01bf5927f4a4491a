"""Asking somebody to run groups, whoever asks: a steward for groups of one's own, a team for its own group."""
