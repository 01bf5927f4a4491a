"""How a presence is written and taken back, inside a gesture, by whatever way it is said.

Done twice it is as if done once, and « declared » never replaces « code ».
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db
from wellbeing.domain import presence
from wellbeing.domain.merging import NUMBERS
from wellbeing.gestures import ways
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile
from wellbeing.keyring import Keyring
from wellbeing.models.attendance import Attendance
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation
from wellbeing.withdrawals import withdrawn


class Meeting(Protocol):
    """As much of a workshop as it takes; instants are aware, `zone` is the group's."""

    @property
    def id(self) -> int: ...
    @property
    def uid(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def zone(self) -> str: ...


def there_by_answering(person: Person, meeting: Meeting, asked: Asked, keyring: Keyring, now: datetime) -> None:
    """Note that whoever answers `asked` was there, on their word, unless it is too late for that.

    It is a gesture of its own, made of the other's, so that a device's gestures may arrive in any order.
    """
    said_at = max(asked.recorded_at, meeting.starts_at)
    if not presence.declarable(meeting.starts_at, meeting.ends_at, meeting.zone, said_at):
        return
    op_id = uuid.uuid5(uuid.UUID(asked.op_id), "attendance").hex
    word = replace(asked, op_id=op_id, kind="attendance.put", entity=f"attendance:{meeting.uid}", parts=NUMBERS)

    def do(state: EntityState, meanwhile: Meanwhile) -> Done:
        if overtaken(state, meanwhile):
            return SUPERSEDED
        note(person, meeting, "declared", word.recorded_at)
        return touched(state, word)

    ways.once(person, replace(word, data={"how": "declared"}), keyring, now, do)


SUPERSEDED = Done(0, {"status": "applied", "superseded": True})


def overtaken(state: EntityState, meanwhile: Meanwhile) -> bool:
    """Whether a later gesture of the same device has won already; it still is one more version."""
    state.version += 1 if meanwhile.later & NUMBERS else 0
    return bool(meanwhile.later & NUMBERS)


def touched(state: EntityState, asked: Asked, deleted_at: datetime | None = None, warnings: Sequence[str] = ()) -> Done:
    """Write down who changed the presence last, and what is told of it."""
    state.version += 1
    state.numbers_version, state.numbers_device, state.deleted_at = state.version, asked.device, deleted_at
    return Done(NUMBERS, {"status": "applied", **({"warnings": list(warnings)} if warnings else {})})


def check_recent(meeting: Meeting, recorded_at: datetime, now: datetime) -> None:
    """On their word, up to 14 days after. A clock that runs years behind is no reason to refuse what has begun.

    Raises Invalid: `bad_data` for what has not begun, `too_late`.
    """
    if now < meeting.starts_at - presence.OPENS_BEFORE:
        raise Invalid("bad_data", "recorded_at")
    said_at = max(recorded_at, meeting.starts_at)
    if not presence.declarable(meeting.starts_at, meeting.ends_at, meeting.zone, said_at):
        raise Invalid("too_late")


def is_cancelled(meeting: Meeting) -> bool:
    return bool(db.session.scalar(select(exists().where(Cancellation.workshop_id == meeting.id))))


def was_there(person: Person, meeting: Meeting) -> bool:
    there = exists().where(Attendance.person_id == person.id, Attendance.workshop_id == meeting.id)
    return bool(db.session.scalar(select(there)))


def take_back(person: Person, meeting: Meeting, at: datetime) -> None:
    there = delete(Attendance).where(Attendance.person_id == person.id, Attendance.workshop_id == meeting.id)
    if db.session.execute(there.returning(Attendance.workshop_id)).first() is not None:
        withdrawn("attendance", person, meeting.uid, at)


def note(person: Person, meeting: Meeting, how: str, recorded_at: datetime) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Attendance).values(
        person_id=person.id, workshop_id=meeting.id, how=how, recorded_at=recorded_at
    )  # fmt: skip
    key = [Attendance.person_id, Attendance.workshop_id]
    if how == "code":
        row = row.on_conflict_do_update(index_elements=key, set_={"how": "code"})
    else:
        row = row.on_conflict_do_nothing(index_elements=key)
    db.session.execute(row)
