"""What a person took away, read for them; the words and answers of another device beside it; where each part stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.domain.reflections import Answers, Part
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.keepsake import Keepsake, KeepsakeCopy
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.reflection import ReflectionPast
from wellbeing.models.workshop import Workshop
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.vault.people import data_key_of

COLUMN, COPY_COLUMN = "keepsake.text", "keepsake_copy.text"
UNREADABLE = None  # words that are there and cannot be read


@dataclass(frozen=True)
class Kept:
    """What was taken away from a workshop; `text` is None when it cannot be read."""

    uid: str
    local_date: date
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class Copy:
    """Words that another device had written; `text` is None when they cannot be read."""

    uid: str
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class Past:
    """Answers that another device had given of one part."""

    uid: str
    part: Part
    answers: Answers = field(repr=False)


@dataclass(frozen=True)
class Beside:
    """What other devices had said of a workshop."""

    copies: Sequence[Copy] = ()
    pasts: Sequence[Past] = ()


def keepsake_of(person: Person, meeting: Meeting, keyring: Keyring) -> str | None:
    """The words taken away from this workshop: empty if there are none, None if they cannot be read."""
    row = Keepsake.person_id == person.id, Keepsake.workshop_id == meeting.id
    box = db.session.scalar(select(Keepsake.text).where(*row))
    return "" if box is None else read(person, keyring, COLUMN, meeting.uid, box)


def last_kept(person: Person, group_ids: Iterable[int], keyring: Keyring) -> Kept | None:
    """The latest words taken away from a workshop of these groups."""
    latest = (
        select(Workshop.uid, Workshop.local_date, Keepsake.text)
        .join(Keepsake, Keepsake.workshop_id == Workshop.id)
        .where(Keepsake.person_id == person.id, Workshop.group_id.in_(group_ids))
        .order_by(Workshop.starts_at.desc())
        .limit(1)
    )
    row = db.session.execute(latest).first()
    return row and Kept(row.uid, row.local_date, read(person, keyring, COLUMN, row.uid, row.text))


def beside(person: Person, meeting: Meeting, keyring: Keyring) -> Beside:
    """Oldest first. The same words twice are no other version."""
    copies = copies_of(person, meeting, keyring)
    ours = keepsake_of(person, meeting, keyring) if copies else None
    return Beside(
        [copy for copy in copies if copy.text is UNREADABLE or copy.text != ours], pasts_of(person, meeting)
    )  # fmt: skip


def copies_of(person: Person, meeting: Meeting, keyring: Keyring) -> list[Copy]:
    rows = db.session.execute(
        select(KeepsakeCopy.uid, KeepsakeCopy.text)
        .where(KeepsakeCopy.person_id == person.id, KeepsakeCopy.workshop_id == meeting.id)
        .order_by(KeepsakeCopy.kept_at, KeepsakeCopy.uid)
    )
    return [Copy(row.uid, read(person, keyring, COPY_COLUMN, row.uid, row.text)) for row in rows]


def pasts_of(person: Person, meeting: Meeting) -> list[Past]:
    rows = db.session.execute(
        select(ReflectionPast.uid, ReflectionPast.part, ReflectionPast.answers)
        .where(ReflectionPast.person_id == person.id, ReflectionPast.workshop_id == meeting.id)
        .order_by(ReflectionPast.id)
    )
    return [Past(row.uid, Part(row.part), unwritten(row.answers)) for row in rows]


def versions_of(person: Person, meeting: Meeting) -> dict[Part, int]:
    """The version of each part, which a phone says it has seen when it changes it."""
    entities = {f"{part.value}:{meeting.uid}": part for part in Part}
    rows = db.session.execute(
        select(EntityState.entity, EntityState.version).where(
            EntityState.person_id == person.id, EntityState.entity.in_(entities)
        )
    )
    return dict.fromkeys(Part, 0) | {entities[row.entity]: row.version for row in rows}


def written(answers: Answers) -> str:
    """As the history keeps them: `mood=4 calm=2`."""
    return " ".join(f"{name}={level}" for name, level in answers.items())


def unwritten(text: str) -> Answers:
    return {name: int(level) for name, level in (one.split("=") for one in text.split())}


def read(person: Person, keyring: Keyring, column: str, uid: str, box: bytes) -> str | None:
    try:
        return data_key_of(keyring, person).decrypted(column, uid, bytes(box))
    except Unreadable:
        return UNREADABLE
