"""Noting a mood, changing it, moving it, deleting it: each one transaction, each done once however often it is sent.

What was asked is written down beside it (`operation`, sync.md), so that a phone may ask again, even after the entry is
gone. The summary of the week is kept in the same transaction (streak.md).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import and_, case, delete, distinct, func, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.domain.days import counts_for_thread, local_date_of, monday_of, recorded_on
from wellbeing.domain.refusals import Refusal
from wellbeing.domain.zones import zone_of
from wellbeing.journal import queries
from wellbeing.journal.feeling import Feeling, in_whole_minutes
from wellbeing.keyring import Keyring
from wellbeing.models.entry import Entry, EntryEmotion, LoggedWeek
from wellbeing.models.note import Note
from wellbeing.models.operation import Operation
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of

NUMBERS, WORDS = 1, 2


class JournalOff(Refusal):
    """No mood is stored without the person's consent to store it."""

    key = "empty.journal_off"


def log_mood(person: Person, op_id: str, feeling: Feeling, keyring: Keyring, now: datetime) -> bool:
    """Note a mood under the uid `op_id` (32 hex digits). Returns whether it is new.

    The same op_id of the same person again changes nothing, whatever it says, also once the entry is deleted. Raises
    JournalOff without the consent `journal`.
    """
    with transaction():
        _lock(person)
        if not queries.may_note(person):
            raise JournalOff
        if not _told_first(person, op_id, "entry.create", op_id, feeling, keyring, now):
            return False
        entry = Entry(person_id=person.id, uid=op_id, zone=person.timezone, first_recorded_at=now, imported=False)
        _place(entry, feeling.felt_at or now.astimezone(zone_of(person.timezone)))
        _say(entry, feeling)
        db.session.add(entry)
        db.session.flush()
        _put_words(entry, feeling)
        _put_note(person, entry, feeling.note, keyring)
        _recount(person, [entry.local_date])
    return True


def change(person: Person, uid: str, feeling: Feeling, keyring: Keyring, now: datetime) -> bool:
    """Replace the numbers and words of an entry, its note if one is given, its moment if one is given.

    Returns whether there was such an entry of this person.
    """
    with transaction():
        _lock(person)
        entry = _entry(person, uid)
        if entry is None:
            return False
        _told_first(person, secrets.token_hex(16), "entry.update", uid, feeling, keyring, now)
        before = entry.local_date
        if feeling.felt_at is not None:
            _place(entry, feeling.felt_at)
        _say(entry, feeling)
        db.session.execute(delete(EntryEmotion).where(EntryEmotion.entry_id == entry.id))
        _put_words(entry, feeling)
        _put_note(person, entry, feeling.note, keyring)
        _recount(person, [before, entry.local_date])
    return True


def move(person: Person, uid: str, felt_at: datetime, keyring: Keyring, now: datetime) -> bool:
    """Give an entry another moment; it counts for the thread only if it was first recorded in time for it (rule 11)."""
    with transaction():
        _lock(person)
        entry, before = _entry(person, uid), queries.noted(person, uid)
        if entry is None or before is None:
            return False
        moved = Feeling(entry.mood, entry.energy, entry.calm, before.emotions, felt_at)
        _told_first(person, secrets.token_hex(16), "entry.update", uid, moved, keyring, now)
        _place(entry, felt_at)
        _recount(person, [before.local_date, entry.local_date])
    return True


def delete_entry(person: Person, uid: str, keyring: Keyring, now: datetime) -> bool:
    """Delete an entry with its words. Again, it changes nothing. Returns whether it is, or was, the person's."""
    with transaction():
        _lock(person)
        entry = _entry(person, uid)
        if entry is None:
            return queries.was_deleted(person, uid)
        _told_first(person, secrets.token_hex(16), "entry.delete", uid, None, keyring, now)
        db.session.execute(delete(Entry).where(Entry.id == entry.id))  # its words and its note go with it
        _recount(person, [entry.local_date])
    return True


def _lock(person: Person) -> None:
    """One change at a time in a journal: two together would each count the week without the other."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))


def _entry(person: Person, uid: str) -> Entry | None:
    return db.session.scalar(
        select(Entry)
        .where(Entry.person_id == person.id, Entry.uid == uid)
        .execution_options(populate_existing=True)  # what was read before the lock is not trusted
    )


def _told_first(
    person: Person, op_id: str, kind: str, uid: str, feeling: Feeling | None, keyring: Keyring, now: datetime
) -> bool:
    """Write down what is asked, before doing it. False if this op_id was told before: nothing is to be done."""
    entity = f"entry:{uid}"
    said: dict[str, object] = {}
    if feeling is not None:
        said = {"mood": feeling.mood, "energy": feeling.energy, "calm": feeling.calm, "emotions": feeling.emotions}
        said |= {"felt_at": feeling.felt_at.isoformat()} if feeling.felt_at else {}
        said |= {"note": feeling.note or None} if feeling.note is not None else {}
    latest = select(func.max(Operation.version)).where(Operation.person_id == person.id, Operation.entity == entity)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    told = insert(Operation).values(
        person_id=person.id,
        op_id=op_id,
        kind=kind,
        entity=entity,
        parts=NUMBERS | WORDS if feeling is None or feeling.note is not None else NUMBERS,
        device_id="form",
        seq=None,
        hash=data_key_of(keyring, person).operation_hash(kind, entity, said),
        version=func.coalesce(latest.scalar_subquery(), 0) + 1,
        result=json.dumps({"status": "applied", "uid": uid}),
        received_at=now,
    )
    return db.session.execute(told.on_conflict_do_nothing().returning(Operation.op_id)).first() is not None


def _place(entry: Entry, felt_at: datetime) -> None:
    """Fix the moment and its date; they are never computed again (streak.md rules 1 and 11)."""
    offset = in_whole_minutes(felt_at)
    felt_at = felt_at.replace(tzinfo=timezone(offset))  # the wall clock is what a person knows
    entry.felt_at = felt_at
    entry.offset_minutes = offset // timedelta(minutes=1)
    entry.local_date = local_date_of(felt_at)
    entry.in_time = counts_for_thread(entry.local_date, recorded_on(entry.first_recorded_at, felt_at))


def _say(entry: Entry, feeling: Feeling) -> None:
    entry.mood, entry.energy, entry.calm = feeling.mood, feeling.energy, feeling.calm


def _put_words(entry: Entry, feeling: Feeling) -> None:
    for position, word in enumerate(feeling.emotions, start=1):
        db.session.add(EntryEmotion(entry_id=entry.id, emotion=word, position=position))


def _put_note(person: Person, entry: Entry, text: str | None, keyring: Keyring) -> None:
    if text is None:
        return
    db.session.execute(delete(Note).where(Note.entry_id == entry.id))
    if text:
        box = data_key_of(keyring, person).encrypted("note.text", entry.uid, text)
        db.session.add(Note(entry_id=entry.id, text=box))


def _recount(person: Person, days: Iterable[date]) -> None:
    """Make the summaries of these days' weeks say what the entries say."""
    db.session.flush()
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    for monday in {monday_of(day) for day in days}:
        sunday = monday + timedelta(days=6)
        in_time = func.count(distinct(case((and_(Entry.in_time, ~Entry.imported), Entry.local_date))))
        logged, counted = db.session.execute(
            select(func.count(distinct(Entry.local_date)), in_time).where(
                Entry.person_id == person.id, Entry.local_date.between(monday, sunday)
            )
        ).one()
        if logged:
            summary = {"days": logged, "days_in_time": counted}
            row = insert(LoggedWeek).values(person_id=person.id, monday=monday, **summary)
            key = [LoggedWeek.person_id, LoggedWeek.monday]
            db.session.execute(row.on_conflict_do_update(index_elements=key, set_=summary))
        else:
            week = LoggedWeek.person_id == person.id, LoggedWeek.monday == monday
            db.session.execute(delete(LoggedWeek).where(*week))
