"""Ending subscriptions: turned off on a device, by signing out there, or with the consent to reminders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, select

from wellbeing.db import db, transaction
from wellbeing.models.person import Person
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.reminder import DateNews, Reminder
from wellbeing.models.sign_in import SignIn
from wellbeing.withdrawals import withdrawn


def end_subscriptions(person: Person, chosen: ColumnElement[bool], now: datetime) -> None:
    """Delete those of the person's that are chosen, each with its line in the ledger, in one transaction."""
    mine = PushSubscription.person_id == person.id, chosen
    with transaction():
        found = db.session.execute(select(PushSubscription.id, PushSubscription.uid).where(*mine)).all()
        for _, uid in found:
            withdrawn("push", person, uid, now)
        these = PushSubscription.person_id == person.id, PushSubscription.id.in_([row.id for row in found])
        db.session.execute(delete(PushSubscription).where(*these))


def end_reminders(person: Person, now: datetime) -> None:
    """With the consent go the subscriptions of all devices, what was wished for, and news not told yet.

    The days on which something was sent stay: who agrees again is not written to twice in a day.
    """
    with transaction():
        end_subscriptions(person, PushSubscription.id.is_not(None), now)
        for table in (Reminder, DateNews):
            db.session.execute(delete(table).where(table.person_id == person.id))


def end_with_device(device: SignIn, now: datetime) -> None:
    """The subscription of a device that signs out, if it has one."""
    of_device = and_(PushSubscription.person_id == device.person_id, PushSubscription.sign_in_id == device.id)
    with transaction():
        person = db.session.scalar(select(Person).where(Person.id == device.person_id, exists().where(of_device)))
        if person is not None:
            end_subscriptions(person, of_device, now)


def look_soon(person: Person, now: datetime) -> None:
    """The person's hours moved, for they live in another zone: the worker looks at once and finds the next one."""
    with transaction():
        moved = db.session.query(Reminder).filter(Reminder.person_id == person.id, Reminder.next_at.is_not(None))
        moved.update({"next_at": now})
