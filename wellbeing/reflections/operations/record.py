"""One part of what was said of a workshop, as the tables keep it: read whole, written back where it has changed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from wellbeing.db import db
from wellbeing.domain.merging import Thing
from wellbeing.domain.reflections import Answers, Part
from wellbeing.keyring import Keyring
from wellbeing.models.keepsake import Keepsake, KeepsakeCopy
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.reflection import Reflection, ReflectionPast
from wellbeing.reflections.queries.meetings import COLUMNS, Meeting
from wellbeing.reflections.queries.words import COLUMN, COPY_COLUMN, read, written
from wellbeing.vault.boxes import Sealed, Words
from wellbeing.vault.people import data_key_of


@dataclass(frozen=True)
class Stored:
    """What is stored of a part; only what is said after has words."""

    row: Reflection | None = None
    answers: Answers | None = None
    words: Words | None = field(default=None, repr=False)
    copies: dict[str, Words] = field(default_factory=dict, repr=False)


def load(person: Person, meeting: Meeting, part: Part, keyring: Keyring) -> Stored:
    """What is stored, read after the lock: what was read before it is not trusted."""
    row = db.session.scalar(
        select(Reflection)
        .where(Reflection.person_id == person.id, Reflection.workshop_id == meeting.id)
        .execution_options(populate_existing=True)
    )
    told = {name: getattr(row, column) for name, column in COLUMNS[part].items()} if row else {}
    answers = {name: level for name, level in told.items() if level is not None} or None
    if part is Part.BEFORE:
        return Stored(row, answers)
    box = db.session.scalar(
        select(Keepsake.text).where(Keepsake.person_id == person.id, Keepsake.workshop_id == meeting.id)
    )
    copies = db.session.execute(
        select(KeepsakeCopy.device_id, KeepsakeCopy.text).where(
            KeepsakeCopy.person_id == person.id, KeepsakeCopy.workshop_id == meeting.id
        )
    )
    words: Words | None = None
    if box is not None:
        text = read(person, keyring, COLUMN, meeting.uid, box)
        words = Sealed(bytes(box)) if text is None else text
    return Stored(row, answers, words, {device: Sealed(bytes(text)) for device, text in copies})


def save(
    person: Person,
    meeting: Meeting,
    part: Part,
    stored: Stored,
    before: Thing[Answers, Words],
    after: Thing[Answers, Words],
    state: EntityState,
    keyring: Keyring,
    told_at: datetime,
    now: datetime,
) -> str:
    """Make the tables say what the thing says; the uid of the copy that was made of its words, if one was."""
    if after.numbers is not None or stored.answers is not None:
        _put_answers(person, meeting, part, stored.row, after, state, told_at)
    if after.words != before.words:
        _put_words(person, meeting, after.words, keyring)
    return _put_copies(person, meeting, before, after, keyring, now)


def keep_past(person: Person, meeting: Meeting, part: Part, lost: Answers, device: str, now: datetime) -> None:
    """Put answers that another device had given into the person's history."""
    told = {"part": part.value, "uid": secrets.token_hex(16), "answers": written(lost)}
    whose = {"person_id": person.id, "workshop_id": meeting.id}
    db.session.add(ReflectionPast(**whose, **told, device_id=device, kept_at=now))


def _put_answers(
    person: Person,
    meeting: Meeting,
    part: Part,
    row: Reflection | None,
    after: Thing[Answers, Words],
    state: EntityState,
    told_at: datetime,
) -> None:
    answers = after.numbers or {}
    row = row or Reflection(person_id=person.id, workshop_id=meeting.id)
    for name, column in COLUMNS[part].items():
        setattr(row, column, answers.get(name))
    last, first = f"{part.value}_told_at", f"{part.value}_first_told_at"
    changed = after.numbers_part.version == after.version
    setattr(row, last, (told_at if changed else getattr(row, last)) if answers else None)
    setattr(row, first, state.first_recorded_at if answers else None)
    if row.before_told_at is not None or row.after_told_at is not None:
        db.session.add(row)
    elif row in db.session:
        db.session.delete(row)
    db.session.flush()


def _put_words(person: Person, meeting: Meeting, words: Words | None, keyring: Keyring) -> None:
    db.session.execute(
        delete(Keepsake).where(Keepsake.person_id == person.id, Keepsake.workshop_id == meeting.id)
    )  # fmt: skip
    if isinstance(words, str):
        box = data_key_of(keyring, person).encrypted(COLUMN, meeting.uid, words)
        db.session.add(Keepsake(person_id=person.id, workshop_id=meeting.id, text=box))
        db.session.flush()


def _put_copies(
    person: Person,
    meeting: Meeting,
    before: Thing[Answers, Words],
    after: Thing[Answers, Words],
    keyring: Keyring,
    now: datetime,
) -> str:
    copy_uid = ""
    for device in {*before.copies, *after.copies}:
        if before.copies.get(device) == (words := after.copies.get(device)):
            continue
        whose = {"person_id": person.id, "workshop_id": meeting.id, "device_id": device}
        db.session.execute(delete(KeepsakeCopy).filter_by(**whose))
        if isinstance(words, str):
            copy_uid = secrets.token_hex(16)
            box = data_key_of(keyring, person).encrypted(COPY_COLUMN, copy_uid, words)
            db.session.add(KeepsakeCopy(**whose, uid=copy_uid, text=box, kept_at=now))
            db.session.flush()
    return copy_uid
