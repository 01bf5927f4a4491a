"""Saying « j’y étais », and taking it back. Done twice it is as if done once; « declared » never replaces « code »."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.domain import presence
from wellbeing.domain.merging import NUMBERS
from wellbeing.domain.refusals import CodeNotOpen, CodeOpensNothing, WorkshopCancelled
from wellbeing.gestures import ways
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile, Told, by_form
from wellbeing.gestures.operations import lock
from wellbeing.keyring import Keyring
from wellbeing.models.attendance import Attendance
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation
from wellbeing.workshops import queries
from wellbeing.workshops.queries import SeenWorkshop


def declare(person: Person, workshop: SeenWorkshop, keyring: Keyring, now: datetime, op_id: str | None = None) -> None:
    """Note that the person was there. The workshop was found through them.

    Raises WorkshopNotYetHere, WorkshopTooOld (rule 12) or WorkshopCancelled; said again, it is said already.
    """
    asked = by_form("attendance.put", f"attendance:{workshop.uid}", now, op_id, NUMBERS, how="declared")

    def do(state: EntityState, _: Meanwhile) -> Done:
        if _is_cancelled(workshop):
            raise WorkshopCancelled
        if not _was_there(person, workshop):
            presence.check_declarable(workshop.starts_at, workshop.ends_at, workshop.zone, now)
            _note(person, workshop, "declared", now)
        return _touched(state, asked)

    ways.once(person, asked, keyring, now, do)


def check_in(
    person: Person, code_hash: bytes, keyring: Keyring, now: datetime, op_id: str | None = None
) -> SeenWorkshop:
    """Note that the person is there, by the code shown on the day; returns the workshop it opened.

    Raises CodeOpensNothing for any code that opens none of their workshops, and CodeNotOpen outside its hours or when
    the workshop is cancelled. A presence that was declared becomes one by code.
    """
    with transaction():
        lock(person)
        workshop = queries.workshop_of_code(person, code_hash, now)
        if workshop is None:
            raise CodeOpensNothing
        asked = by_form("attendance.put", f"attendance:{workshop.uid}", now, op_id, NUMBERS, how="code")

        def do(state: EntityState, _: Meanwhile) -> Done:
            if workshop.how != "code":
                if workshop.cancelled or not presence.code_is_open(workshop.starts_at, workshop.ends_at, now):
                    raise CodeNotOpen
                _note(person, workshop, "code", now)
            return _touched(state, asked)

        ways.once(person, asked, keyring, now, do)
    return workshop


def withdraw(person: Person, workshop: SeenWorkshop, keyring: Keyring, now: datetime, op_id: str | None = None) -> None:
    """Take a presence back, however it was known: it is the person's. Nothing there, nothing done."""
    asked = by_form("attendance.delete", f"attendance:{workshop.uid}", now, op_id, NUMBERS)

    def do(state: EntityState, _: Meanwhile) -> Done:
        _take_back(person, workshop)
        return _touched(state, asked, now)

    ways.once(person, asked, keyring, now, do)


def tell(
    person: Person,
    uid: str,
    asked: Asked,
    saying: Callable[[], str | None],
    warnings: tuple[str, ...],
    keyring: Keyring,
    now: datetime,
) -> Told:
    """Do what a phone asks of a presence, once: the last received wins, a later gesture of the same device always.

    `saying` is `code` when the code typed is this workshop's, `declared`, or None to take the presence back. A code
    that was not open when it was typed counts as a word. Raises Invalid: `not_found` (cancelled ones as well),
    `too_late`, or `bad_data` for what has not begun.
    """

    def do(state: EntityState, meanwhile: Meanwhile) -> Done:
        how = saying()
        workshop = queries.workshop_of(person, uid, now)
        if workshop is None or (how and _is_cancelled(workshop)):
            raise Invalid("not_found")
        if meanwhile.later & NUMBERS:
            state.version += 1
            return Done(0, {"status": "applied", "superseded": True})
        if how is None:
            _take_back(person, workshop)
            return _touched(state, asked, now, *warnings)
        by_code = presence.code_is_open(workshop.starts_at, workshop.ends_at, asked.recorded_at)
        known = "code" if how == "code" and by_code else "declared"
        if known == "declared":
            _check_recent(workshop, asked.recorded_at, now)
        _note(person, workshop, known, asked.recorded_at)
        typed_in_vain = asked.data.get("how") == "code" and known == "declared"
        return _touched(state, asked, None, *(["declared"] if typed_in_vain else []), *warnings)

    return ways.once(person, asked, keyring, now, do)


def _check_recent(workshop: SeenWorkshop, recorded_at: datetime, now: datetime) -> None:
    """On their word, up to 14 days after. A clock that runs years behind is no reason to refuse what has begun."""
    if now < workshop.starts_at - presence.OPENS_BEFORE:
        raise Invalid("bad_data", "recorded_at")
    said_at = max(recorded_at, workshop.starts_at)
    if not presence.declarable(workshop.starts_at, workshop.ends_at, workshop.zone, said_at):
        raise Invalid("too_late")


def _touched(state: EntityState, asked: Asked, deleted_at: datetime | None = None, *warnings: str) -> Done:
    state.version += 1
    state.numbers_version, state.numbers_device, state.deleted_at = state.version, asked.device, deleted_at
    return Done(NUMBERS, {"status": "applied", **({"warnings": list(warnings)} if warnings else {})})


def _is_cancelled(workshop: SeenWorkshop) -> bool:
    return bool(db.session.scalar(select(exists().where(Cancellation.workshop_id == workshop.id))))


def _was_there(person: Person, workshop: SeenWorkshop) -> bool:
    there = exists().where(Attendance.person_id == person.id, Attendance.workshop_id == workshop.id)
    return bool(db.session.scalar(select(there)))


def _take_back(person: Person, workshop: SeenWorkshop) -> None:
    db.session.execute(
        delete(Attendance).where(Attendance.person_id == person.id, Attendance.workshop_id == workshop.id)
    )


def _note(person: Person, workshop: SeenWorkshop, how: str, now: datetime) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Attendance).values(person_id=person.id, workshop_id=workshop.id, how=how, recorded_at=now)
    key = [Attendance.person_id, Attendance.workshop_id]
    if how == "code":
        row = row.on_conflict_do_update(index_elements=key, set_={"how": "code"})
    else:
        row = row.on_conflict_do_nothing(index_elements=key)
    db.session.execute(row)
