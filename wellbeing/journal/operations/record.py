"""One entry as the tables keep it: read whole, and written back where it has changed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, select

from wellbeing.db import db
from wellbeing.domain.days import counts_for_thread, local_date_of, recorded_on
from wellbeing.domain.merging import Thing
from wellbeing.journal.feeling import in_whole_minutes
from wellbeing.journal.operations.weeks import recount
from wellbeing.journal.saying import Numbers
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.entry import Entry, EntryEmotion, EntryPast
from wellbeing.models.note import EarlyNote, Note, NoteCopy
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.vault.boxes import Sealed, Words
from wellbeing.vault.people import data_key_of

_ENTRY = (
    select(Entry)
    .where(Entry.person_id == bindparam("person"), Entry.uid == bindparam("uid"))
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Kept:
    """What is stored of an entry. `box` holds its words, wherever they are kept."""

    entry: Entry | None = None
    numbers: Numbers | None = None
    words: Words | None = field(default=None, repr=False)
    box: bytes | None = field(default=None, repr=False)
    copies: dict[str, Words] = field(default_factory=dict, repr=False)


def load(person: Person, uid: str, state: EntityState, keyring: Keyring) -> Kept:
    """What is stored, read after the lock: what was read before it is not trusted."""
    entry = db.session.scalar(_ENTRY, {"person": person.id, "uid": uid})
    if entry is None and state.version == 0:
        return Kept()  # of what nobody spoke of, no words wait and no copies lie beside
    if entry is None:
        box = db.session.scalar(select(EarlyNote.text).where(_of(EarlyNote, person, uid)))
    else:
        box = db.session.scalar(select(Note.text).where(*_on(Note, entry)))
    copies = db.session.execute(select(NoteCopy.device_id, NoteCopy.text).where(_of(NoteCopy, person, uid)))
    words = None if box is None else _read(person, uid, bytes(box), keyring)
    return Kept(
        entry, _numbers(entry) if entry else None, words, box, {device: Sealed(bytes(text)) for device, text in copies}
    )


def save(
    person: Person,
    uid: str,
    kept: Kept,
    before: Thing[Numbers, Words],
    after: Thing[Numbers, Words],
    state: EntityState,
    keyring: Keyring,
    now: datetime,
) -> str:
    """Make the tables say what the thing says; the uid of the copy that was made of its words, if one was."""
    days = {kept.entry.local_date} if kept.entry else set()
    box = kept.box
    if after.words != before.words:
        words = after.words
        box = data_key_of(keyring, person).encrypted("note.text", uid, words) if isinstance(words, str) else None
    entry = kept.entry
    if after.numbers is None:
        if entry is not None:
            this = Entry.person_id == person.id, Entry.id == entry.id
            db.session.execute(delete(Entry).where(*this))  # its words and its note go with it
            db.session.expunge(entry)
            entry = None
    else:
        entry = _written(person, uid, entry, after.numbers, state)
        days.add(entry.local_date)
    _put_box(person, uid, kept, entry, box, now)
    if after.deleted_at is not None:
        db.session.execute(delete(EntryPast).where(_of(EntryPast, person, uid)))
    if days:
        recount(person, days)
    return _put_copies(person, uid, before, after, keyring, now)


def keep_past(person: Person, uid: str, lost: Numbers, device: str, now: datetime) -> None:
    """Put numbers that another device had into the person's history."""
    offset = in_whole_minutes(lost.felt_at) // timedelta(minutes=1)
    said = {"mood": lost.mood, "energy": lost.energy, "calm": lost.calm, "emotions": " ".join(lost.emotions)}
    when = {"felt_at": lost.felt_at, "offset_minutes": offset, "zone": lost.zone, "kept_at": now, "device_id": device}
    db.session.add(EntryPast(person_id=person.id, entry_uid=uid, uid=secrets.token_hex(16), **said, **when))


def _on(table: Any, entry: Entry) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.person_id == entry.person_id, table.entry_id == entry.id


def _of(table: type[EarlyNote | NoteCopy | EntryPast], person: Person, uid: str) -> ColumnElement[bool]:
    return and_(table.person_id == person.id, table.entry_uid == uid)


def _read(person: Person, uid: str, box: bytes, keyring: Keyring) -> Words:
    try:
        return data_key_of(keyring, person).decrypted("note.text", uid, box)
    except Unreadable:
        return Sealed(box)


def _numbers(entry: Entry) -> Numbers:
    emotions = db.session.scalars(
        select(EntryEmotion.emotion).where(*_on(EntryEmotion, entry)).order_by(EntryEmotion.position)
    )
    felt_at = entry.felt_at.astimezone(timezone(timedelta(minutes=entry.offset_minutes)))
    return Numbers(entry.mood, entry.energy, entry.calm, tuple(emotions), felt_at, entry.zone)


def _written(person: Person, uid: str, entry: Entry | None, numbers: Numbers, state: EntityState) -> Entry:
    """Fix the moment and its date; they are never computed again (docs/thread.md, rules 1 and 11)."""
    made = entry is None
    entry = entry or Entry(person_id=person.id, uid=uid, imported=False)
    offset = in_whole_minutes(numbers.felt_at)
    felt_at = numbers.felt_at.replace(tzinfo=timezone(offset))  # the wall clock is what a person knows
    first = state.first_recorded_at or felt_at
    entry.mood, entry.energy, entry.calm = numbers.mood, numbers.energy, numbers.calm
    entry.felt_at, entry.offset_minutes = felt_at, offset // timedelta(minutes=1)
    entry.local_date, entry.zone = local_date_of(felt_at), numbers.zone or entry.zone
    entry.first_recorded_at, entry.in_time = (
        first,
        counts_for_thread(local_date_of(felt_at), recorded_on(first, felt_at)),
    )
    if made:
        db.session.add(entry)
        db.session.flush()
    else:
        db.session.execute(delete(EntryEmotion).where(*_on(EntryEmotion, entry)))
    for position, word in enumerate(numbers.emotions, start=1):
        db.session.add(EntryEmotion(person_id=person.id, entry_id=entry.id, emotion=word, position=position))
    return entry


def _put_box(person: Person, uid: str, kept: Kept, entry: Entry | None, box: bytes | None, now: datetime) -> None:
    """Words lie with their entry, or wait for it."""
    if (kept.box, kept.entry) == (box, entry):
        return
    if kept.box is not None and kept.entry is None:
        db.session.execute(delete(EarlyNote).where(_of(EarlyNote, person, uid)))
    elif kept.box is not None and entry is not None:
        db.session.execute(delete(Note).where(*_on(Note, entry)))
    if box is not None and entry is not None:
        db.session.add(Note(person_id=person.id, entry_id=entry.id, text=box))
    elif box is not None:
        db.session.add(EarlyNote(person_id=person.id, entry_uid=uid, text=box, recorded_at=now))
    db.session.flush()


def _put_copies(
    person: Person,
    uid: str,
    before: Thing[Numbers, Words],
    after: Thing[Numbers, Words],
    keyring: Keyring,
    now: datetime,
) -> str:
    changed = {device for device in {*before.copies, *after.copies}
               if before.copies.get(device) != after.copies.get(device)}  # fmt: skip
    copy_uid = ""
    for device in changed:
        db.session.execute(delete(NoteCopy).where(_of(NoteCopy, person, uid), NoteCopy.device_id == device))
        words = after.copies.get(device)
        if isinstance(words, str):
            copy_uid = secrets.token_hex(16)
            box = data_key_of(keyring, person).encrypted("note_copy.text", copy_uid, words)
            row = {"entry_uid": uid, "device_id": device, "uid": copy_uid, "text": box, "kept_at": now}
            db.session.add(NoteCopy(person_id=person.id, **row))
    return copy_uid
