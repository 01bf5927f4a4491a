"""What is known of a person's keys and of the devices they opened. Names and labels are their owner's alone to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from wellbeing.accounts import queries as accounts
from wellbeing.db import db
from wellbeing.keyring import Unreadable
from wellbeing.keyring.current import current_keyring
from wellbeing.models.passkey import KeyChange, Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.vault.people import data_key_of

TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Key:
    """A passkey as its owner sees it; `name` is empty when it cannot be read."""

    uid: str
    name: str
    added_at: datetime
    last_used_day: date | None


@dataclass(frozen=True)
class Device:
    """A device where the journal is open, as its owner sees it."""

    uid: str
    label: str
    shared: bool
    here: bool
    opened_at: datetime
    last_seen_day: date


def passkeys(person: Person) -> list[Key]:
    """The oldest first."""
    read = _reader(person)
    return [
        Key(row.uid, read("passkey.name", row.uid, row.name), row.created_at, row.last_used_day)
        for row in db.session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id))
    ]


def devices(person: Person, here: SignIn, now: datetime) -> list[Device]:
    """Those that still work: this one, then the newest first."""
    read = _reader(person)
    found = [
        Device(
            row.uid,
            read("sign_in.label", row.uid, row.label),
            row.shared,
            row.id == here.id,
            row.created_at,
            row.last_seen_day,
        )
        for row in accounts.open_devices(person, now)
    ]
    return sorted(found, key=lambda device: not device.here)


def days_of_changes(person: Person, now: datetime) -> list[date]:
    """The person's own dates on which a key of theirs changed in the last thirty days, the latest first."""
    instants = db.session.scalars(
        select(KeyChange.at).where(KeyChange.person_id == person.id, KeyChange.at > now - TOLD_FOR)
    )
    return sorted({at.astimezone(ZoneInfo(person.timezone)).date() for at in instants}, reverse=True)


def passkey_of(person: Person, uid: str) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.person_id == person.id, Passkey.uid == uid))


def credentials_of(person: Person) -> list[bytes]:
    """By what the person's passkeys are known to the devices that hold them."""
    return list(db.session.scalars(select(Passkey.credential_id).where(Passkey.person_id == person.id)))


def how_many_passkeys(person: Person) -> int:
    return db.session.scalar(select(func.count(Passkey.id)).where(Passkey.person_id == person.id)) or 0


def found_by(credential_id: bytes) -> tuple[Passkey, Person] | None:
    """The passkey of this credential, and whose it is."""
    row = db.session.execute(
        select(Passkey, Person)
        .join(Person, Person.id == Passkey.person_id)
        .where(Passkey.credential_id == credential_id)
    ).first()
    return (row[0], row[1]) if row else None


def open_device(person: Person, uid: str, now: datetime) -> SignIn | None:
    return db.session.scalar(
        select(SignIn).where(
            SignIn.person_id == person.id, SignIn.uid == uid, SignIn.revoked_at.is_(None), SignIn.expires_at > now
        )
    )


def _reader(person: Person) -> Callable[[str, str, bytes | None], str]:
    """Reads boxes of this person, with their key opened once; what cannot be read is empty."""
    try:
        data_key = data_key_of(current_keyring(), person)
    except Unreadable:
        return lambda _column, _uid, _box: ""

    def read(column: str, uid: str, box: bytes | None) -> str:
        try:
            return data_key.decrypted(column, uid, box) if box else ""
        except Unreadable:
            return ""

    return read
