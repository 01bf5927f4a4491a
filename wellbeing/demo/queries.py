"""What the demo asks of a database before it touches it."""

from __future__ import annotations

from sqlalchemy import exists, select

from wellbeing.accounts import phrases
from wellbeing.accounts.queries import phrase_taken
from wellbeing.db import db
from wellbeing.keyring import Keyring
from wellbeing.models.person import Person


def anybody() -> bool:
    """Whether anyone has an account here."""
    return bool(db.session.scalar(select(exists(select(Person.id)))))


def leads_to_someone(phrase: str, keyring: Keyring) -> bool:
    """Whether the first words of a phrase are somebody's; whether the others are right is not asked."""
    words = phrases.canonical(phrase)
    return words is not None and phrase_taken(phrases.selector_of(keyring, words))
