"""The workshops a person may see, each with what they said of being there. Columns, not rows: a page only reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from wellbeing import access
from wellbeing.db import columns, db
from wellbeing.domain import presence
from wellbeing.domain.stages import Span
from wellbeing.models.attendance import Attendance
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.reflection import Reflection
from wellbeing.models.workshop import Cancellation, Slot, Workshop
from wellbeing.workshops.seen import SeenWorkshop

LONGEST = timedelta(minutes=5760)  # what the table allows: a workshop that began before that is over
COMING = 12
A_PAGE = 24
Rows = Select[*tuple[Any, ...]]
MANY = 40  # more than anyone attends in the days that are still recent


@dataclass(frozen=True)
class Attended:
    """One page of the past: months (by their first day) with their workshops, and where the next page starts."""

    months: list[tuple[date, list[SeenWorkshop]]]
    further: date | None


def next_for(person: Person, now: datetime) -> SeenWorkshop | None:
    """The workshop that is running or comes next, cancelled ones left out. One statement."""
    asked = {"person": person.id, "now": now, "since": now - LONGEST}
    return next((seen for seen in _read(_near(), now, asked) if seen.ends_at > now), None)


@cache
def _near() -> Rows:
    """Built once: Today asks it at every look, and to build a statement costs more than to ask it."""
    now: ColumnElement[datetime] = bindparam("now")
    mine = access.ids_of_groups_joined(bindparam("person"))
    first_to_come = (
        select(func.min(Workshop.starts_at))
        .where(Workshop.group_id.in_(mine), Workshop.starts_at > now, ~_is_cancelled())
        .scalar_subquery()
    )
    # One span, which an index answers; what is cancelled between now and the first to come is left out anyway.
    span = Workshop.starts_at > bindparam("since"), Workshop.starts_at <= func.coalesce(first_to_come, now)
    held = Workshop.group_id.in_(mine), Cancellation.workshop_id.is_(None)
    return _seen_by(bindparam("person")).where(*held, *span).order_by(*IN_ORDER)


def coming_for(person: Person, now: datetime) -> list[SeenWorkshop]:
    """What is running or to come, soonest first, cancelled ones among them; the next dozen."""
    mine = Workshop.group_id.in_(access.ids_of_groups_joined(person.id))
    ahead = _seen_by(person.id).where(mine, Workshop.starts_at > now - LONGEST)
    return [seen for seen in _read(ahead.order_by(*IN_ORDER).limit(COMING + MANY), now) if seen.ends_at > now][:COMING]


def recent_for(person: Person, now: datetime) -> list[SeenWorkshop]:
    """What ended and may still be noted, and what was attended or cancelled meanwhile, latest first."""
    since = now - presence.DECLARED_WITHIN - LONGEST - timedelta(days=2)
    met = aliased(Workshop)
    of_groups = select(met.id).where(
        met.group_id.in_(access.ids_of_groups_joined(person.id)), met.starts_at > since, met.starts_at <= now
    )
    was_there = select(Attendance.workshop_id).where(Attendance.person_id == person.id)
    reached = Workshop.id.in_(of_groups.union_all(was_there))  # OR instead would read every group there is
    behind = _seen_by(person.id).where(reached, Workshop.starts_at > since, Workshop.starts_at <= now)
    found = _read(behind.order_by(*LATEST_FIRST), now)
    return [seen for seen in found if seen.ends_at <= now and _is_recent(seen, now)]


def attended_before(person: Person, now: datetime, before: date | None = None) -> Attended:
    """Workshops the person was at that are no longer recent, latest first; `before` leaves out that date and later."""
    was_there = _seen_by(person.id, inner=True).where(Workshop.starts_at <= now, Cancellation.workshop_id.is_(None))
    if before is not None:
        was_there = was_there.where(Workshop.local_date < before)
    found = _read(was_there.order_by(Workshop.local_date.desc(), *LATEST_FIRST).limit(A_PAGE + 1 + MANY), now)
    older = [seen for seen in found if not (seen.ends_at > now or _is_recent(seen, now))]
    further = None
    if len(older) > A_PAGE:
        cut = older[A_PAGE].local_date  # a date is never parted between two pages
        older, further = [seen for seen in older[:A_PAGE] if seen.local_date > cut], cut + timedelta(days=1)
    months = groupby(older, key=lambda seen: seen.local_date.replace(day=1))
    return Attended([(month, list(seen)) for month, seen in months], further)


def workshop_of(person: Person, uid: str, now: datetime) -> SeenWorkshop | None:
    """A workshop of a group the person takes part in, or one they were at or spoke of; else None."""
    mine = access.workshops_open_to(person).chosen.with_only_columns(Workshop.id).order_by(None)
    told = Workshop.id.in_(select(Reflection.workshop_id).where(Reflection.person_id == person.id))
    reached = or_(Workshop.id.in_(mine), Attendance.how.is_not(None), told)
    seen = next(iter(_read(_seen_by(person.id).where(Workshop.uid == uid, reached), now)), None)
    return replace(seen, slots=_slots(seen)) if seen else None


def _slots(seen: SeenWorkshop) -> tuple[tuple[datetime, datetime], ...]:
    parts = select(Slot.starts_at, Slot.minutes).where(Slot.workshop_id == seen.id).order_by(Slot.starts_at)
    return tuple(Span(*part).on_clock(seen.zone) for part in db.session.execute(parts))


def workshop_of_code(person: Person, code_hash: bytes, now: datetime) -> SeenWorkshop | None:
    """The workshop a check-in code opens, among those of the person's own groups; of one that closed since as well:
    who typed it was there.
    """
    mine = access.workshops_open_to(person).chosen.with_only_columns(Workshop.id).order_by(None)
    chosen = _seen_by(person.id).where(Workshop.check_in_code_hash == code_hash, Workshop.id.in_(mine))
    return next(iter(_read(chosen, now)), None)


def takes_part_anywhere(person: Person) -> bool:
    return db.session.scalar(access.ids_of_groups_joined(person.id).limit(1)) is not None


IN_ORDER = (Workshop.starts_at, Workshop.id)
LATEST_FIRST = (Workshop.starts_at.desc(), Workshop.id.desc())


def _is_cancelled() -> Any:
    return select(Cancellation.workshop_id).where(Cancellation.workshop_id == Workshop.id).exists()


def _is_recent(seen: SeenWorkshop, now: datetime) -> bool:
    return presence.declarable(seen.starts_at, seen.ends_at, seen.zone, now)


def _seen_by(whose: access.Whose, *, inner: bool = False) -> Rows:
    presence = and_(Attendance.workshop_id == Workshop.id, Attendance.person_id == whose)
    return (
        select(
            Workshop.id,
            Workshop.uid,
            Workshop.title,
            Workshop.starts_at,
            Workshop.minutes,
            Workshop.local_date,
            Group.name.label("group"),
            Group.place,
            Group.timezone.label("zone"),
            Cancellation.workshop_id.is_not(None).label("cancelled"),
            Attendance.how,
        )
        .join(Group, Group.id == Workshop.group_id)
        .join(Attendance, presence, isouter=not inner)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
    )


def _read(chosen: Rows, now: datetime, asked: dict[str, Any] | None = None) -> list[SeenWorkshop]:
    found = []
    for row in columns(chosen, asked):
        ends_at = row.starts_at + timedelta(minutes=row.minutes)
        begun = not row.cancelled and row.starts_at <= now
        may_note = begun and presence.declarable(row.starts_at, ends_at, row.zone, now)
        found.append(SeenWorkshop(**row._mapping, may_note=may_note))
    return found
