"""Seven words for somebody."""

from __future__ import annotations

from dataclasses import dataclass, field

from wellbeing.accounts import phrases, queries
from wellbeing.keyring.current import current_keyring

TRIES = 20


@dataclass(frozen=True)
class Drawn:
    """A phrase to show once, and what is kept of it."""

    phrase: str = field(repr=False)
    selector: bytes
    verifier: str


def new_phrase() -> Drawn:
    """Drawn again, some times, while its first two words lead to somebody: there are four million beginnings.

    Two whose phrases begin alike both sign in. Raises Busy when too many are being hashed.
    """
    for _ in range(TRIES):
        phrase = phrases.drawn()
        words = phrases.canonical(phrase) or ""
        selector = phrases.selector_of(current_keyring(), words)
        if not queries.phrase_taken(selector):
            break
    return Drawn(phrase, selector, phrases.verifier_of(words))
