"""Closing the journal on another device."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from wellbeing.accounts.operations.devices import end, this
from wellbeing.db import transaction
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn


def close(person: Person, device: SignIn, now: datetime) -> None:
    """Its next request is that of a visitor."""
    with transaction():
        end(person, this(device), now)


def close_others(person: Person, here: SignIn, now: datetime) -> None:
    """Everywhere but on this device."""
    with transaction():
        others = SignIn.person_id == person.id, SignIn.id != here.id, SignIn.revoked_at.is_(None)
        end(person, select(SignIn).where(*others, SignIn.expires_at > now), now)
