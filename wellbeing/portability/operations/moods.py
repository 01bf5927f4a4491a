"""Bringing moods into a journal: one transaction, nothing twice, nothing for the thread (docs/thread.md, rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError

from wellbeing.db import Base, db, transaction
from wellbeing.domain.days import counts_for_thread, local_date_of, recorded_on
from wellbeing.domain.merging import FORM
from wellbeing.domain.refusals import JournalOff
from wellbeing.gestures.operations import lock
from wellbeing.journal.feeling import in_whole_minutes
from wellbeing.journal.operations.weeks import recount
from wellbeing.journal.queries import may_note
from wellbeing.keyring import Keyring
from wellbeing.models.entry import Entry, EntryEmotion, EntryPast
from wellbeing.models.note import Note, NoteCopy
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.portability.brought import Brought
from wellbeing.portability.operations.drafts import let_draft_go
from wellbeing.portability.queries.drafts import new_ones
from wellbeing.portability.refusals import NotAnExport
from wellbeing.vault.boxes import DataKey
from wellbeing.vault.people import data_key_of

Rows = list[dict[str, Any]]


def bring_in(person: Person, entries: Sequence[Brought], keyring: Keyring, now: datetime) -> int:
    """Add the moods that are new, with their words; how many there were. The file that waited is let go.

    Each mood has its level by now. Raises JournalOff without the consent `journal`, NotAnExport for a file that names
    one thing twice; then nothing is changed.
    """
    try:
        with transaction():
            lock(person)
            if not may_note(person):
                raise JournalOff
            fresh = new_ones(person, entries)
            _write(person, fresh, data_key_of(keyring, person), now)
            recount(person, {local_date_of(entry.felt_at) for entry in fresh})
            let_draft_go(person)
            return len(fresh)
    except IntegrityError:
        raise NotAnExport from None


def _write(person: Person, fresh: Sequence[Brought], key: DataKey, now: datetime) -> None:
    _add(Entry, [{"person_id": person.id, **_entry(one, now)} for one in fresh])
    numbers = select(Entry.uid, Entry.id).where(Entry.person_id == person.id)
    ids = {row.uid: row.id for row in db.session.execute(numbers)}
    _add(EntryEmotion, [
        {"entry_id": ids[one.uid], "person_id": person.id, "emotion": word, "position": place}
        for one in fresh for place, word in enumerate(one.emotions, start=1)
    ])  # fmt: skip
    _add(Note, [
        {"entry_id": ids[one.uid], "person_id": person.id, "text": key.encrypted("note.text", one.uid, one.note)}
        for one in fresh if one.note
    ])  # fmt: skip
    _add(EntityState, [_state(person, one, now) for one in fresh])
    _add(EntryPast, [
        {"person_id": person.id, "entry_uid": one.uid, "uid": other.uid, "mood": other.mood, "energy": other.energy,
         "calm": other.calm, "emotions": " ".join(other.emotions), "device_id": other.device, "kept_at": other.kept_at,
         **_moment(other.felt_at, other.zone)}
        for one in fresh for other in one.other_numbers
    ])  # fmt: skip
    _add(NoteCopy, [
        {"person_id": person.id, "entry_uid": one.uid, "device_id": other.device, "uid": other.uid,
         "text": key.encrypted("note_copy.text", other.uid, other.note), "kept_at": other.kept_at}
        for one in fresh for other in one.other_words
    ])  # fmt: skip


def _add(table: type[Base], rows: Rows) -> None:
    if rows:
        db.session.execute(insert(cast(Table, table.__table__)), rows)  # a table, and no objects: many times faster


def _entry(one: Brought, now: datetime) -> dict[str, Any]:
    moment = _moment(one.felt_at, one.zone)
    felt_at, first = moment["felt_at"], one.first_recorded_at or now
    day = local_date_of(felt_at)
    return {
        "uid": one.uid,
        "mood": one.mood,
        "energy": one.energy,
        "calm": one.calm,
        **moment,
        "local_date": day,
        "first_recorded_at": first,
        "in_time": counts_for_thread(day, recorded_on(first, felt_at)),
        "imported": True,
    }


def _moment(felt_at: datetime, zone: str) -> dict[str, Any]:
    """As a table keeps it: the wall clock is what a person knows, its offset is in whole minutes."""
    offset = in_whole_minutes(felt_at)
    whole = felt_at.replace(tzinfo=timezone(offset))
    return {"felt_at": whole, "offset_minutes": offset // timedelta(minutes=1), "zone": zone}


def _state(person: Person, one: Brought, now: datetime) -> dict[str, Any]:
    """Where the new thing stands, as if a form had noted it, so that what devices say later meets it by the rules."""
    first = one.first_recorded_at or now
    said = {"version": 1, "numbers_version": 1, "numbers_device": FORM, "words_version": 1, "words_device": FORM}
    return {"person_id": person.id, "entity": f"entry:{one.uid}", **said, "first_recorded_at": first}
