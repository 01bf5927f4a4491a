"""Taking back again what somebody noted: entries, words, answers, presences, pages of a book.

Where the thing stands is written as changed by the ledger, at a version above any that a phone has seen in the life
that is gone. A phone that offers what was said before then finds that it was overtaken: a deleted entry stays deleted
unless it was changed after that, and words or answers come back beside, for their person to
choose. The phone that took words back itself offers that as well, after them: for it nothing was overtaken.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select, update

from wellbeing.db import db
from wellbeing.domain.merging import FORM, LEDGER
from wellbeing.domain.reflections import Part
from wellbeing.gestures.operations import standing
from wellbeing.journal.operations.weeks import recount
from wellbeing.models.attendance import Attendance
from wellbeing.models.book import TEXTS, BookPage
from wellbeing.models.entry import Entry, EntryPast
from wellbeing.models.keepsake import Keepsake, KeepsakeCopy
from wellbeing.models.note import EarlyNote, Note, NoteCopy
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.reflection import Reflection
from wellbeing.models.workshop import Workshop
from wellbeing.reflections.queries.meetings import COLUMNS
from wellbeing.withdrawals import Line

ABOVE = 1_000_000  # more than any person changes one thing


def entry(person: Person, line: Line) -> None:
    """Also one that the backup has never seen: its tombstone holds it down when a phone offers it."""
    mine = select(Entry).where(Entry.person_id == person.id, Entry.uid == line.uid)
    found = db.session.scalar(mine)
    if found is not None:
        day = found.local_date
        this = Entry.person_id == person.id, Entry.id == found.id
        db.session.execute(delete(Entry).where(*this))  # its words and its note go with it
        db.session.expunge(found)
        recount(person, [day])
    for table in (EarlyNote, NoteCopy, EntryPast):
        db.session.execute(delete(table).where(table.person_id == person.id, table.entry_uid == line.uid))
    state = _taken_back(person, f"entry:{line.uid}", numbers=True, words=True)
    state.deleted_at = line.at


def note(person: Person, line: Line) -> None:
    """`uid` is an entry's, or that of a copy that stood beside one."""
    copy = delete(NoteCopy).where(NoteCopy.person_id == person.id, NoteCopy.uid == line.uid)
    if db.session.execute(copy.returning(NoteCopy.uid)).first() is not None:
        return
    mine = select(Entry.id).where(Entry.person_id == person.id, Entry.uid == line.uid)
    db.session.execute(delete(Note).where(Note.person_id == person.id, Note.entry_id.in_(mine)))
    db.session.execute(delete(EarlyNote).where(EarlyNote.person_id == person.id, EarlyNote.entry_uid == line.uid))
    if db.session.scalar(mine) is not None or _known(person, f"entry:{line.uid}"):
        _taken_back(person, f"entry:{line.uid}", line.more.get("device"), words=True)


def reflection(person: Person, line: Line) -> None:
    """`uid` is `before:` or `after:`, and the workshop's."""
    part, _, uid = line.uid.partition(":")
    workshop = _workshop(uid)
    if workshop is None:
        return
    columns = dict.fromkeys((*COLUMNS[Part(part)].values(), f"{part}_told_at", f"{part}_first_told_at"))
    mine = Reflection.person_id == person.id, Reflection.workshop_id == workshop
    other = Reflection.after_told_at if part == "before" else Reflection.before_told_at
    db.session.execute(delete(Reflection).where(*mine, other.is_(None)))  # a row says something, or is not there
    db.session.execute(update(Reflection).where(*mine).values({getattr(Reflection, k): v for k, v in columns.items()}))
    _taken_back(person, line.uid, line.more.get("device"), numbers=True)


def keepsake(person: Person, line: Line) -> None:
    """`uid` is a workshop's, or that of a copy."""
    copy = delete(KeepsakeCopy).where(KeepsakeCopy.person_id == person.id, KeepsakeCopy.uid == line.uid)
    if db.session.execute(copy.returning(KeepsakeCopy.uid)).first() is not None:
        return
    workshop = _workshop(line.uid)
    if workshop is not None:
        mine = Keepsake.person_id == person.id, Keepsake.workshop_id == workshop
        db.session.execute(delete(Keepsake).where(*mine))
        _taken_back(person, f"after:{line.uid}", line.more.get("device"), words=True)


def attendance(person: Person, line: Line) -> None:
    workshop = _workshop(line.uid)
    if workshop is not None:
        mine = Attendance.person_id == person.id, Attendance.workshop_id == workshop
        db.session.execute(delete(Attendance).where(*mine))
        _taken_back(person, f"attendance:{line.uid}", numbers=True).deleted_at = line.at


def book(person: Person, line: Line) -> None:
    """A page without a word is none."""
    text, workshop = line.kind.removeprefix("book."), _workshop(line.uid)
    if workshop is None:
        return
    mine = BookPage.person_id == person.id, BookPage.workshop_id == workshop
    others: list[ColumnElement[bool]] = [getattr(BookPage, name).is_(None) for name in TEXTS if name != text]
    db.session.execute(delete(BookPage).where(*mine, *others))
    db.session.execute(update(BookPage).where(*mine).values({getattr(BookPage, text): None}))


def _workshop(uid: str) -> int | None:
    return db.session.scalar(select(Workshop.id).where(Workshop.uid == uid))


def _known(person: Person, entity: str) -> bool:
    state = select(EntityState.version).where(EntityState.person_id == person.id, EntityState.entity == entity)
    return db.session.scalar(state) is not None


def _taken_back(
    person: Person, entity: str, device: str | None = None, *, numbers: bool = False, words: bool = False
) -> EntityState:
    by = LEDGER if device in (None, FORM) else device
    state = standing(person, entity)
    state.version += ABOVE
    if numbers:
        state.numbers_version, state.numbers_device = state.version, by
    if words:
        state.words_version, state.words_device = state.version, by
    return state
