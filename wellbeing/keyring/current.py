"""The keyring of the application that is answering, or whose command runs."""

from __future__ import annotations

from flask import current_app

from wellbeing.keyring import Keyring


def current_keyring() -> Keyring:
    """As it was read at the start; what a rotation changed since, the keyring reads when it needs it."""
    keyring: Keyring = current_app.config["KEYRING"]
    return keyring
