"""Saying « j’y étais », and taking it back. Done twice it is as if done once; « declared » never replaces « code »."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.domain import presence
from wellbeing.domain.refusals import CodeNotOpen, CodeOpensNothing, WorkshopCancelled
from wellbeing.models.attendance import Attendance
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation
from wellbeing.workshops import queries
from wellbeing.workshops.queries import SeenWorkshop


def declare(person: Person, workshop: SeenWorkshop, now: datetime) -> None:
    """Note that the person was there. The workshop was found through them.

    Raises WorkshopNotYetHere, WorkshopTooOld (rule 12) or WorkshopCancelled; said again, it is said already.
    """
    with transaction():
        _check_held(workshop)
        if not _was_there(person, workshop):
            presence.check_declarable(workshop.starts_at, workshop.ends_at, workshop.zone, now)
            _note(person, workshop, "declared", now)


def check_in(person: Person, code_hash: bytes, now: datetime) -> SeenWorkshop:
    """Note that the person is there, by the code shown on the day; returns the workshop it opened.

    Raises CodeOpensNothing for any code that opens none of their workshops, and CodeNotOpen outside its hours or when
    the workshop is cancelled. A presence that was declared becomes one by code.
    """
    with transaction():
        workshop = queries.workshop_of_code(person, code_hash, now)
        if workshop is None:
            raise CodeOpensNothing
        if workshop.how != "code":
            if workshop.cancelled or not presence.code_is_open(workshop.starts_at, workshop.ends_at, now):
                raise CodeNotOpen
            _note(person, workshop, "code", now)
    return workshop


def withdraw(person: Person, workshop: SeenWorkshop) -> None:
    """Take a presence back, however it was known: it is the person's. Nothing there, nothing done."""
    with transaction():
        db.session.execute(
            delete(Attendance).where(Attendance.person_id == person.id, Attendance.workshop_id == workshop.id)
        )


def _check_held(workshop: SeenWorkshop) -> None:
    if db.session.scalar(select(exists().where(Cancellation.workshop_id == workshop.id))):
        raise WorkshopCancelled


def _was_there(person: Person, workshop: SeenWorkshop) -> bool:
    there = exists().where(Attendance.person_id == person.id, Attendance.workshop_id == workshop.id)
    return bool(db.session.scalar(select(there)))


def _note(person: Person, workshop: SeenWorkshop, how: str, now: datetime) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Attendance).values(person_id=person.id, workshop_id=workshop.id, how=how, recorded_at=now)
    key = [Attendance.person_id, Attendance.workshop_id]
    if how == "code":
        row = row.on_conflict_do_update(index_elements=key, set_={"how": "code"})
    else:
        row = row.on_conflict_do_nothing(index_elements=key)
    db.session.execute(row)
