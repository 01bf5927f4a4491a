"""The other versions of an entry, for the page where its person chooses; and words that wait for their mood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.domain.zones import zone_of
from wellbeing.journal.saying import Numbers
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.entry import EntryPast
from wellbeing.models.note import EarlyNote, NoteCopy
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of


@dataclass(frozen=True)
class Copy:
    """Words that another device had written; `text` is None when they cannot be read."""

    uid: str
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class Past:
    """Numbers that another device had."""

    uid: str
    numbers: Numbers


@dataclass(frozen=True)
class Early:
    """Words without a mood. `recorded_at` is on the person's clock."""

    uid: str
    text: str | None = field(repr=False)
    recorded_at: datetime


def copies_of(person: Person, uid: str, keyring: Keyring) -> list[Copy]:
    """The words beside an entry, oldest first."""
    rows = db.session.execute(
        select(NoteCopy.uid, NoteCopy.text)
        .where(NoteCopy.person_id == person.id, NoteCopy.entry_uid == uid)
        .order_by(NoteCopy.kept_at, NoteCopy.uid)
    )
    return [Copy(row.uid, _read(person, keyring, "note_copy.text", row.uid, row.text)) for row in rows]


def pasts_of(person: Person, uid: str) -> list[Past]:
    """The numbers that lost, oldest first."""
    rows = db.session.scalars(
        select(EntryPast).where(EntryPast.person_id == person.id, EntryPast.entry_uid == uid).order_by(EntryPast.id)
    )
    return [Past(row.uid, _numbers(row)) for row in rows]


def early_notes_of(person: Person, keyring: Keyring) -> list[Early]:
    """Words whose mood has not arrived, latest first."""
    rows = db.session.execute(
        select(EarlyNote.entry_uid, EarlyNote.text, EarlyNote.recorded_at)
        .where(EarlyNote.person_id == person.id)
        .order_by(EarlyNote.recorded_at.desc(), EarlyNote.entry_uid)
    )
    here = zone_of(person.timezone)
    return [
        Early(uid, _read(person, keyring, "note.text", uid, text), recorded_at.astimezone(here))
        for uid, text, recorded_at in rows
    ]


def is_early(person: Person, uid: str) -> bool:
    """Whether this uid names words without a mood."""
    row = EarlyNote.person_id == person.id, EarlyNote.entry_uid == uid
    return db.session.scalar(select(EarlyNote.entry_uid).where(*row)) is not None


def _read(person: Person, keyring: Keyring, column: str, uid: str, box: bytes) -> str | None:
    try:
        return data_key_of(keyring, person).decrypted(column, uid, bytes(box))
    except Unreadable:
        return None


def _numbers(row: EntryPast) -> Numbers:
    felt_at = row.felt_at.astimezone(timezone(timedelta(minutes=row.offset_minutes)))
    return Numbers(row.mood, row.energy, row.calm, tuple(row.emotions.split()), felt_at, row.zone)
