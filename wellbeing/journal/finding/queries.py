"""A person's notes found again, in the memory of one request, for that person alone.

Notes are encrypted, so no database can look into them, and nothing that could (an index, a list of words) is kept. Each
search opens them one after the other, in one statement, a few hundred in memory at a time: a note is held as long as it
takes to read it once, and those of one page of results a little longer. What the database can answer, dates or an
emotion, is asked of it first, so that only what remains is opened. Ten years of daily notes take some hundredths of a
second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from sqlalchemy import literal, select

from wellbeing.db import db
from wellbeing.domain.finding import Excerpt, excerpt_of
from wellbeing.domain.stages import Span
from wellbeing.journal.finding.sought import Sought
from wellbeing.journal.queries import Noted, noted_among, notes_of
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry, EntryEmotion, hangs_on_entry
from wellbeing.models.group import Group
from wellbeing.models.note import Note
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation, Workshop
from wellbeing.vault.boxes import DataKey
from wellbeing.vault.people import data_key_of

PAGE = 20
AT_A_TIME = 200  # rows in memory


@dataclass(frozen=True)
class Results:
    """One page of what was found, the latest first: each entry with some of its words. `unread` notes stayed closed."""

    found: int
    page: int
    entries: list[tuple[Noted, Excerpt]] = field(repr=False)
    unread: int = 0

    @property
    def pages(self) -> int:
        return ceil(self.found / PAGE)


def groups_met(person: Person) -> list[tuple[str, str]]:
    """The uid and the name of each group at whose sessions the person was, left and closed ones among them."""
    met = select(Workshop.group_id).join(Attendance, Attendance.workshop_id == Workshop.id)
    chosen = select(Group.uid, Group.name).where(Group.id.in_(met.where(Attendance.person_id == person.id)))
    return [(row.uid, row.name) for row in db.session.execute(chosen.order_by(Group.name, Group.id))]


def found(person: Person, sought: Sought, page: int, keyring: Keyring) -> Results:
    """The entries in which all that is sought comes together; of a page after the last one, the last."""
    days = _days_met(person, sought.group) if sought.group else None
    try:
        key = data_key_of(keyring, person) if sought.terms else None
    except Unreadable:
        key = None
    number = unread = 0
    shown: list[str] = []
    for uid, day, box in _rows(person, sought):
        if days is not None and day not in days:
            continue
        if sought.terms:
            said = _read(key, uid, box)
            unread += said is None
            if said is None or not sought.terms.are_in(said):
                continue
        number += 1
        if (page - 1) * PAGE < number <= page * PAGE:
            shown.append(uid)
    if number and not shown:
        return found(person, sought, ceil(number / PAGE), keyring)
    entries = noted_among(person, shown)
    notes = notes_of(person, entries, keyring)
    return Results(number, page, [(one, excerpt_of(notes.get(one.uid) or "", sought.terms)) for one in entries], unread)


def _rows(person: Person, sought: Sought) -> Iterator[tuple[str, date, bytes]]:
    """Uid, date and box of each entry that may be meant, the latest first; the box only if it has to be opened."""
    chosen = select(Entry.uid, Entry.local_date, Note.text if sought.terms else literal(b""))
    if sought.terms:
        chosen = chosen.join(Note, hangs_on_entry(Note))
    chosen = chosen.where(Entry.person_id == person.id)
    if sought.since:
        chosen = chosen.where(Entry.local_date >= sought.since)
    if sought.until:
        chosen = chosen.where(Entry.local_date <= sought.until)
    if sought.emotion:
        having = select(EntryEmotion.entry_id).where(
            hangs_on_entry(EntryEmotion), EntryEmotion.emotion == sought.emotion
        )
        chosen = chosen.where(having.exists())
    ordered = chosen.order_by(Entry.felt_at.desc(), Entry.id.desc())
    for row in db.session.execute(ordered, execution_options={"yield_per": AT_A_TIME}):
        yield row[0], row[1], row[2]


def _read(key: DataKey | None, uid: str, box: bytes) -> str | None:
    try:
        return key.decrypted("note.text", uid, box) if key else None
    except Unreadable:
        return None


def _days_met(person: Person, group: str) -> Collection[date]:
    """The days on which the person was at a session of this group that took place, all those of a stage."""
    met = (
        select(Workshop.starts_at, Workshop.minutes, Group.timezone)
        .join(Attendance, Attendance.workshop_id == Workshop.id)
        .join(Group, Group.id == Workshop.group_id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(Attendance.person_id == person.id, Group.uid == group, Cancellation.workshop_id.is_(None))
    )
    days: set[date] = set()
    for starts_at, minutes, zone in db.session.execute(met):
        first, last = Span(starts_at, minutes).days(zone)
        days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return days
