"""Every mood of a person with what belongs to it, oldest first: for the whole export, and for the table of moods."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.models.entry import Entry, EntryEmotion, EntryPast, hangs_on_entry
from wellbeing.models.note import Note, NoteCopy
from wellbeing.models.person import Person
from wellbeing.portability.queries.rows import Reader, Said, dashed, on_its_clock, written


def moods_of(person: Person) -> list[Said]:
    """The numbers and emotion words of each mood."""
    words: dict[int, list[str]] = defaultdict(list)
    for entry_id, word in db.session.execute(
        select(EntryEmotion.entry_id, EntryEmotion.emotion)
        .where(EntryEmotion.person_id == person.id)
        .order_by(EntryEmotion.entry_id, EntryEmotion.position)
    ):
        words[entry_id].append(word)
    return [_mood(row, words[row.id]) for row in db.session.execute(
        select(
            Entry.id, Entry.uid, Entry.mood, Entry.energy, Entry.calm, Entry.felt_at, Entry.offset_minutes, Entry.zone,
            Entry.local_date, Entry.first_recorded_at, Entry.in_time, Entry.imported,
        )
        .where(Entry.person_id == person.id)
        .order_by(Entry.felt_at, Entry.id)
    )]  # fmt: skip


def with_words(person: Person, moods: list[Said], reader: Reader) -> list[Said]:
    """The same moods with their notes, and what other devices had said of them."""
    noted = select(Entry.uid, Note.text).join(Note, hangs_on_entry(Note)).where(Entry.person_id == person.id)
    boxes = {row.uid: row.text for row in db.session.execute(noted)}
    notes, numbers = defaultdict(list), defaultdict(list)
    for row in reader.rows(NoteCopy, NoteCopy.person_id == person.id):
        text = reader.words("note_copy.text", row["uid"], row["text"])
        notes[row["entry_uid"]].append(
            {"id": dashed(row["uid"]), "device": row["device_id"], "kept_at": written(row["kept_at"]), "note": text}
        )
    for row in reader.rows(EntryPast, EntryPast.person_id == person.id):
        numbers[row["entry_uid"]].append(_past(row))
    for mood in moods:
        uid = mood["id"].replace("-", "")
        box = boxes.get(uid)
        mood["note"] = reader.words("note.text", uid, box)
        mood |= {"unreadable": True} if box is not None and mood["note"] is None else {}
        mood |= {"other_notes": notes[uid]} if uid in notes else {}
        mood |= {"other_numbers": numbers[uid]} if uid in numbers else {}
    return moods


def _mood(row: Any, words: list[str]) -> Said:
    return {
        "id": dashed(row.uid),
        "mood": row.mood,
        "energy": row.energy,
        "calm": row.calm,
        "emotions": words,
        "felt_at": on_its_clock(row.felt_at, row.offset_minutes),
        "zone": row.zone,
        "date": row.local_date.isoformat(),
        "first_recorded_at": written(row.first_recorded_at),
        "in_time": row.in_time,
        "imported": row.imported,
    }


def _past(row: Said) -> Said:
    return {
        "id": dashed(row["uid"]),
        "mood": row["mood"],
        "energy": row["energy"],
        "calm": row["calm"],
        "emotions": row["emotions"].split(),
        "felt_at": on_its_clock(row["felt_at"], row["offset_minutes"]),
        "zone": row["zone"],
        "device": row["device_id"],
        "kept_at": written(row["kept_at"]),
    }
