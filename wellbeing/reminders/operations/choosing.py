"""What a person wishes to be reminded of, and on which of their devices."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, update

from wellbeing.db import db, one_at_a_time, transaction
from wellbeing.domain.reminders import look_again
from wellbeing.gestures.operations import lock
from wellbeing.keeping.subscriptions.operations import end_subscriptions
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.reminder import DateNews, Reminder
from wellbeing.models.sign_in import SignIn
from wellbeing.reminders.delivery import Browser, readable
from wellbeing.reminders.endpoints import is_allowed
from wellbeing.reminders.queries import wishes
from wellbeing.reminders.refusals import AddressRefused, RemindersOff, SharedDevice
from wellbeing.reminders.wanted import Wanted
from wellbeing.vault.people import data_key_of


def wish_for(person: Person, wanted: Wanted, now: datetime) -> None:
    """Keep what they wish for. Raises RemindersOff without their consent."""
    with transaction():
        lock(person)
        if not wishes.agrees(person):
            raise RemindersOff
        _keep(person, wanted, now)
        if not wanted.news:
            db.session.execute(delete(DateNews).where(DateNews.person_id == person.id))


def receive(person: Person, device: SignIn, browser: Browser, now: datetime) -> None:
    """Send reminders to this browser from now on, in the place of whatever it was used for before.

    Raises SharedDevice, RemindersOff or AddressRefused.
    """
    if device.shared:
        raise SharedDevice
    if not is_allowed(browser.endpoint, current_app.config["LE_FIL"]) or not readable(browser):
        raise AddressRefused
    keyring = current_keyring()
    known, uid = keyring.keyed_hash("push", browser.endpoint), secrets.token_hex(16)
    with transaction():
        lock(person)
        if not wishes.agrees(person):
            raise RemindersOff
        one_at_a_time("push", known)
        key = data_key_of(keyring, person)
        before = (PushSubscription.endpoint_hash == known) | (PushSubscription.sign_in_id == device.id)
        db.session.execute(delete(PushSubscription).where(before))
        boxes = {
            name: key.encrypted(f"push_subscription.{name}", uid, getattr(browser, name))
            for name in ("endpoint", "p256dh", "auth")
        }
        ids = {"uid": uid, "person_id": person.id, "sign_in_id": device.id, "endpoint_hash": known}
        db.session.add(PushSubscription(**ids, **boxes, made_at=now))
        _keep(person, wishes.wanted_by(person), now)


def receive_no_more(person: Person, device: SignIn, now: datetime) -> None:
    """Nothing to this device any more. Twice is once."""
    with transaction():
        end_subscriptions(person, PushSubscription.sign_in_id == device.id, now)


def _keep(person: Person, wanted: Wanted, now: datetime) -> None:
    """Inside the caller's transaction, which holds the person: two at once write one row."""
    values = {
        "hour": wanted.hour,
        "days": "".join(map(str, sorted(wanted.days))),
        "workshops": wanted.workshops,
        "keepsake": wanted.keepsake,
        "news": wanted.news,
        "next_at": look_again(now, wishes.wish_of(wanted, person.timezone)),
    }
    changed = update(Reminder).where(Reminder.person_id == person.id).values(**values).returning(Reminder.person_id)
    if not db.session.execute(changed).first():
        db.session.add(Reminder(person_id=person.id, **values))
