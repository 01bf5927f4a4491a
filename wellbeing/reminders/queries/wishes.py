"""What a person wished for, and where it arrives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from wellbeing.db import db
from wellbeing.domain.reminders import Wish
from wellbeing.models.consent import Consent
from wellbeing.models.person import Person
from wellbeing.models.push_subscription import OF_ITS_DEVICE, PushSubscription
from wellbeing.models.reminder import Reminder
from wellbeing.models.sign_in import SignIn
from wellbeing.reminders.wanted import USUAL, Wanted


def wanted_by(person: Person) -> Wanted:
    """What the person asked for; what is usual, until they say."""
    row = db.session.scalar(select(Reminder).where(Reminder.person_id == person.id))
    if row is None:
        return USUAL
    return Wanted(row.hour, frozenset(map(int, row.days)), row.workshops, row.keepsake, row.news)


def agrees(person: Person) -> bool:
    """Whether the person agrees to reminders now."""
    return bool(db.session.scalar(select(consent_of(person.id))))


def arrives_on(person: Person, device: SignIn) -> bool:
    mine = PushSubscription.person_id == person.id, PushSubscription.sign_in_id == device.id
    return bool(db.session.scalar(select(exists(select(PushSubscription.id).where(*mine)))))


def others(person: Person, device: SignIn, now: datetime) -> int:
    """On how many other devices of the person reminders arrive."""
    counted = (
        select(func.count(PushSubscription.id))
        .join(SignIn, OF_ITS_DEVICE)
        .where(PushSubscription.person_id == person.id, SignIn.id != device.id, still_open(now))
    )
    return db.session.scalar(counted) or 0


def consent_of(whose: Any) -> ColumnElement[bool]:
    return exists(
        select(Consent.id).where(
            Consent.person_id == whose, Consent.purpose == "reminders", Consent.withdrawn_at.is_(None)
        )
    )


def still_open(now: Any) -> ColumnElement[bool]:
    """Of a sign-in: it has not ended, and it is nobody else's as well."""
    return and_(SignIn.revoked_at.is_(None), SignIn.expires_at > now, SignIn.shared.is_(False))


def wish_of(wanted: Wanted, zone: str) -> Wish:
    return Wish(wanted.hour, wanted.days, zone, wanted.workshops, wanted.keepsake)
