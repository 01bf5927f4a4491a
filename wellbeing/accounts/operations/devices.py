"""Opening and closing a journal on a device."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from wellbeing import access
from wellbeing.accounts import phrases, queries
from wellbeing.accounts.operations import closing
from wellbeing.db import db, transaction
from wellbeing.domain.refusals import PhraseOpensNothing
from wellbeing.keeping.subscriptions.operations import end_with_device
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.vault.people import data_key_of
from wellbeing.web.devices import token_hash
from wellbeing.withdrawals import Line, withdrawn_together

ALMOST = 31  # days before an account that nobody opens is erased, in which whoever comes back is told so
FRESH = timedelta(minutes=10)
OWN_IDLE, OWN_LONGEST = timedelta(days=90), timedelta(days=365)
SHARED_LONGEST = timedelta(hours=12)
DEVICES = 20


@dataclass(frozen=True)
class Opened:
    """Whose journal, on which device, by which token; and the day it had last been opened or written in."""

    person: Person
    device: SignIn
    token: str
    seen_before: date


def sign_in(typed: str, *, shared: bool, now: datetime, label: str = "") -> Opened:
    """Open the journal these seven words belong to.

    Unknown, wrong, badly typed and closed are the same refusal after the same work, and the same statements. Raises
    PhraseOpensNothing.
    """
    words = phrases.canonical(typed) or ""
    selector = phrases.selector_of(current_keyring(), words)
    holders = queries.holders(selector)
    closed = closing.closed(selector, now)
    right = [person_id for person_id, held in holders if _right(None if closed else held, words)]
    person = db.session.get(Person, right[0]) if right else None
    if person is None:
        closing.failed(selector, closed, now)
        raise PhraseOpensNothing
    with transaction():
        closing.opened(selector)
        before = person.last_seen_day
        person.arrival_until, person.last_seen_day = None, now.date()
        device, token = open_device(person, "phrase", shared=shared, now=now, label=label)
    return Opened(person, device, token, before)


def almost_erased(opened: Opened, now: datetime, months: int) -> bool:
    """Whether so many months without a visit were nearly over for this account when it was opened: the worker would
    have erased it within the month. Never for whoever runs a group or the place, whose accounts it leaves alone.
    """
    if (now.date() - opened.seen_before).days < months * 31 - ALMOST:
        return False
    return not access.is_steward(opened.person) and not access.groups_led_by(opened.person).all()


def confirm(person: Person, typed: str, now: datetime) -> None:
    """That these are the seven words of this very person. Raises PhraseOpensNothing."""
    words = phrases.canonical(typed) or ""
    closed = closing.closed(phrases.selector_of(current_keyring(), words), now)
    if not _right(None if closed else person.phrase_verifier, words):
        raise PhraseOpensNothing


def _right(verifier: str | None, words: str) -> bool:
    """Whether these are the words behind the verifier; without one, no after the same work. Raises Busy."""
    nobodys = phrases.nobodys_verifier()  # asked for even where it is not needed: the first time, it takes long to make
    return phrases.verifies(verifier or nobodys, words) and verifier is not None


def open_device(
    person: Person, key_kind: str, *, shared: bool, now: datetime, label: str = "", passkey_id: int | None = None
) -> tuple[SignIn, str]:
    """A new device and its token, inside the caller's transaction; the twenty-first ends the oldest.

    `label` is what its owner will know it by, kept encrypted; `passkey_id` the passkey that opened it, if one did.
    """
    uid, token = secrets.token_hex(16), secrets.token_urlsafe(32)
    data_key = data_key_of(current_keyring(), person) if label else None
    device = SignIn(
        uid=uid,
        person_id=person.id,
        token_hash=token_hash(token),
        key_kind=key_kind,
        passkey_id=passkey_id,
        label=data_key.encrypted("sign_in.label", uid, label) if data_key else None,
        shared=shared,
        created_at=now,
        last_seen_day=now.date(),
        fresh_until=now + FRESH,
        expires_at=now + (SHARED_LONGEST if shared else OWN_IDLE),
    )
    db.session.add(device)
    db.session.flush()
    for oldest in queries.open_devices(person, now)[DEVICES:]:
        end(person, this(oldest), now)
    return device, token


def end(person: Person, chosen: Select[SignIn], now: datetime) -> None:
    """End these sign-ins of the person, inside the caller's transaction: their old cookies open nothing from then on,
    and no reminder comes there any more.

    Each is written down first, so that a restored backup does not open the device again. Raises OSError.
    """
    ended = db.session.scalars(chosen).all()
    withdrawn_together(Line("sign_in", person.uid, device.uid, now) for device in ended)
    for device in ended:
        end_with_device(device, now)
        device.revoked_at = now


def this(device: SignIn) -> Select[SignIn]:
    """This sign-in, unless it has ended."""
    return select(SignIn).where(
        SignIn.person_id == device.person_id, SignIn.id == device.id, SignIn.revoked_at.is_(None)
    )


def keep_open(person: Person, device: SignIn, now: datetime) -> None:
    """Note the day of a write, once a day, and push the idle limit of an own device further."""
    if device.last_seen_day == now.date() and person.arrival_until is None:
        return
    with transaction():
        device.last_seen_day = person.last_seen_day = now.date()
        person.arrival_until = None  # somebody writes, so the answer that signed them in did arrive
        if not device.shared:
            device.expires_at = min(now + OWN_IDLE, device.created_at + OWN_LONGEST)


def share(device: SignIn, now: datetime) -> None:
    """This device turns out to be shared, or not theirs: it closes as if that had been said at sign-in, and no reminder
    comes there any more. Said again, it is said already; it is theirs again only by another sign-in.
    """
    with transaction():
        device.shared, device.expires_at = True, min(device.expires_at, now + SHARED_LONGEST)
        end_with_device(device, now)


def sign_out(person: Person, device: SignIn, now: datetime) -> None:
    """End the sign-in on the server: the old cookie opens nothing from here on, nor after a backup is restored."""
    with transaction():
        end(person, this(device), now)
