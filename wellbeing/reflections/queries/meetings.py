"""Workshops as they are spoken of: when they are, and what the person said of them before and after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from wellbeing import access
from wellbeing.db import columns, db
from wellbeing.domain import reflections
from wellbeing.domain.reflections import AFTER_THE_END, Answers, Part
from wellbeing.domain.stages import OnItsClock
from wellbeing.models.attendance import Attendance
from wellbeing.models.consent import Consent
from wellbeing.models.group import Group
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.reflection import Reflection
from wellbeing.models.workshop import Cancellation, Workshop

LONGEST = timedelta(minutes=5760)  # what the table allows: a workshop that began before that is over
AHEAD = timedelta(hours=50)  # from four in the morning to the last start of the next date, on any clock
COLUMNS = {
    Part.BEFORE: {"mood": "before_mood", "calm": "before_calm"},
    Part.AFTER: {"mood": "after_mood", "calm": "after_calm"}
    | {name: name for name in (*reflections.ITEMS, *reflections.TURNING)}
    | {"return": "return_"},
}


Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Meeting(OnItsClock):
    """One workshop and its person's answers, empty where nothing was said. Instants are UTC, dates the group's.

    `joined_at` is since when they take part in the group, None if they no longer do.
    """

    id: int
    uid: str
    group_id: int
    title: str
    group: str
    zone: str
    contact: str
    starts_at: datetime
    minutes: int
    local_date: date
    cancelled: bool
    there: bool
    joined_at: datetime | None
    before: Answers = field(repr=False)
    after: Answers = field(repr=False)

    def said(self, part: Part) -> Answers:
        return self.before if part is Part.BEFORE else self.after

    def concerns(self) -> bool:
        """Whether they could have been there: they took part in the group before it ended, or they were."""
        return self.there or (self.joined_at is not None and self.joined_at <= self.ends_at)

    def open_for(self, part: Part, now: datetime) -> bool:
        """Whether first answers are taken."""
        return not self.cancelled and reflections.is_open(part, self.starts_at, self.ends_at, now)


def meeting_of(person: Person, uid: str) -> Meeting | None:
    """A workshop of a group the person takes part in, or one they were at or spoke of. Anything else is not found."""
    asked = {"person": person.id, "uid": uid}
    return next(iter(_read(_by_uid(), asked)), None)


def near(person: Person, now: datetime) -> list[Meeting]:
    """What may be spoken of now or starts by tomorrow night, soonest first, cancelled ones left out. One statement."""
    asked = {"person": person.id, "since": now - AFTER_THE_END - LONGEST, "until": now + AHEAD}
    return _read(_about_now(), asked)


def among(person: Person, uids: Collection[str]) -> list[Meeting]:
    """Those of these workshops that are of the person's own groups. One statement."""
    mine = Workshop.group_id.in_(access.ids_of_groups_joined(bindparam("person")))
    return _read(_spoken_of().where(mine, Workshop.uid.in_(uids)), {"person": person.id})


def asked_by_turns(meetings: Collection[Meeting]) -> dict[str, str]:
    """By uid, the question whose turn it is at each, unless the other was answered already. One statement."""
    other = aliased(Workshop)
    held_before = (
        select(func.count())
        .where(
            other.group_id == Workshop.group_id,
            or_(
                other.starts_at < Workshop.starts_at,
                and_(other.starts_at == Workshop.starts_at, other.id < Workshop.id),
            ),
            ~select(Cancellation.workshop_id).where(Cancellation.workshop_id == other.id).exists(),
        )
        .correlate(Workshop)
        .scalar_subquery()
    )
    ranks = select(Workshop.id, held_before.label("held_before")).where(Workshop.id.in_([one.id for one in meetings]))
    before = {row.id: row.held_before for row in db.session.execute(ranks)}
    said = {one.uid: [name for name in reflections.TURNING if name in one.after] for one in meetings}
    turns = {one.uid: reflections.asked_by_turns(before.get(one.id, 0) + 1) for one in meetings}
    return {uid: (said[uid] or [turn])[0] for uid, turn in turns.items()}


def may_answer(person: Person) -> bool:
    """Whether the person agrees, now, that what they say is stored."""
    running = select(Consent.id).where(
        Consent.person_id == person.id, Consent.purpose == "journal", Consent.withdrawn_at.is_(None)
    )
    return db.session.scalar(running.limit(1)) is not None


# Built once: Today asks it at every look, and to build a statement costs more than to ask it.
@cache
def _about_now() -> Rows:
    mine = access.ids_of_groups_joined(bindparam("person"))
    return (
        _spoken_of()
        .where(Workshop.group_id.in_(mine), Cancellation.workshop_id.is_(None))
        .where(Workshop.starts_at > bindparam("since"), Workshop.starts_at <= bindparam("until"))
        .order_by(Workshop.starts_at, Workshop.id)
    )


@cache
def _by_uid() -> Rows:
    mine = Workshop.group_id.in_(access.ids_of_groups_joined(bindparam("person")))
    reached = or_(mine, Attendance.how.is_not(None), Reflection.person_id.is_not(None))
    return _spoken_of().where(Workshop.uid == bindparam("uid"), reached)


def _spoken_of() -> Rows:
    whose: ColumnElement[int] = bindparam("person")
    takes_part = and_(
        Membership.group_id == Group.id, Membership.person_id == whose, Membership.role == "participant",
        Membership.ended_at.is_(None),
    )  # fmt: skip
    return (
        select(
            Workshop.id, Workshop.uid, Workshop.group_id, Workshop.title, Workshop.starts_at, Workshop.minutes,
            Workshop.local_date, Group.name.label("group"), Group.timezone.label("zone"),
            Group.safety_contact.label("contact"), Cancellation.workshop_id.is_not(None).label("cancelled"),
            Attendance.how.is_not(None).label("there"), Membership.began_at.label("joined_at"),
            *(getattr(Reflection, name).label(name) for columns in COLUMNS.values() for name in columns.values()),
        )
        .join(Group, Group.id == Workshop.group_id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .outerjoin(Attendance, and_(Attendance.workshop_id == Workshop.id, Attendance.person_id == whose))
        .outerjoin(Membership, takes_part)
        .outerjoin(Reflection, and_(Reflection.workshop_id == Workshop.id, Reflection.person_id == whose))
    )  # fmt: skip


def _read(chosen: Rows, asked: Mapping[str, Any]) -> list[Meeting]:
    return [_meeting(dict(row._mapping)) for row in columns(chosen, asked)]


def _meeting(row: dict[str, Any]) -> Meeting:
    said = {
        part: {name: row[column] for name, column in columns.items() if row[column] is not None}
        for part, columns in COLUMNS.items()
    }
    answered = {column for columns in COLUMNS.values() for column in columns.values()}
    plain = {name: value for name, value in row.items() if name not in answered}
    return Meeting(**plain, before=said[Part.BEFORE], after=said[Part.AFTER])
