"""Making, renewing and ending the address of a calendar."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from sqlalchemy import delete

from wellbeing.db import db, transaction
from wellbeing.gestures.operations import lock
from wellbeing.models.calendar_feed import CalendarFeed
from wellbeing.models.person import Person
from wellbeing.web.devices import token_hash
from wellbeing.withdrawals import withdrawn


def renew(person: Person, now: datetime) -> str:
    """A new address, of which this is the only copy: 160 bits, base32. The one before ends at once."""
    token = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    with transaction():
        lock(person)
        _end(person, now)
        db.session.add(CalendarFeed(person_id=person.id, token_hash=token_hash(token), made_at=now))
    return token


def end(person: Person, now: datetime) -> None:
    """No address any more. Twice is once."""
    with transaction():
        lock(person)
        _end(person, now)


def _end(person: Person, now: datetime) -> None:
    """The address of before opens nothing, nor after a backup is restored."""
    mine = delete(CalendarFeed).where(CalendarFeed.person_id == person.id)
    if db.session.execute(mine.returning(CalendarFeed.person_id)).first() is not None:
        withdrawn("calendar", person, person.uid, now)
