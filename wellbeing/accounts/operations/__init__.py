"""Verbs that change an account: arriving, opening and closing devices, choosing."""
