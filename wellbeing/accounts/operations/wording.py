"""Seven words for somebody, that nobody else's begin with."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import current_app

from wellbeing.accounts import phrases, queries


@dataclass(frozen=True)
class Drawn:
    """A phrase to show once, and what is kept of it."""

    phrase: str = field(repr=False)
    selector: bytes
    verifier: str


def new_phrase() -> Drawn:
    """Drawn again while its first two words lead to somebody. Raises Busy when too many are being hashed."""
    keyring = current_app.config["KEYRING"]
    while True:
        phrase = phrases.drawn()
        words = phrases.canonical(phrase) or ""
        selector = phrases.selector_of(keyring, words)
        if not queries.phrase_taken(selector):
            return Drawn(phrase, selector, phrases.verifier_of(words))
