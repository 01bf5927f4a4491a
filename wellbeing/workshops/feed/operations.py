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


def renew(person: Person, now: datetime) -> str:
    """A new address, of which this is the only copy: 160 bits, base32. The one before ends at once."""
    token = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    with transaction():
        lock(person)
        db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))
        db.session.add(CalendarFeed(person_id=person.id, token_hash=token_hash(token), made_at=now))
    return token


def end(person: Person) -> None:
    """No address any more. Twice is once."""
    with transaction():
        db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))
