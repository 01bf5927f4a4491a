"""Whose calendar an address is, and the dates it holds: of the groups, and nothing of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from wellbeing import access
from wellbeing.db import db
from wellbeing.domain.stages import OnItsClock
from wellbeing.domain.zones import zone_of
from wellbeing.models.calendar_feed import CalendarFeed
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation, Slot, Workshop

BEHIND, AHEAD = timedelta(days=30), timedelta(days=400)


@dataclass(frozen=True)
class Dated(OnItsClock):
    """One time to be somewhere: a workshop, or one part of a stage. Instants are UTC, `zone` is the group's.

    `uid` stays the same when the date moves; `revision` grows with each change, and `since` is when the group began.
    """

    uid: str
    revision: int
    since: datetime
    starts_at: datetime
    minutes: int
    group: str
    place: str
    zone: str
    cancelled: bool


@dataclass(frozen=True)
class Offered:
    """What the list of workshops says of a person's calendar: the day its address was made, if there is one."""

    since: date | None


def calendar_of(person: Person) -> Offered | None:
    """None for whoever is in no group and has no address: there are no dates to show."""
    made_at = db.session.scalar(select(CalendarFeed.made_at).where(CalendarFeed.person_id == person.id))
    if made_at is None:
        in_a_group = db.session.scalar(select(access.groups_seen_by(person).chosen.order_by(None).exists()))
        return Offered(None) if in_a_group else None
    return Offered(made_at.astimezone(zone_of(person.timezone)).date())


def reader_of(token_hash: bytes) -> Person | None:
    """The person whose calendar this address is."""
    held = select(CalendarFeed.person_id).where(CalendarFeed.token_hash == token_hash)
    return db.session.scalar(select(Person).where(Person.id == held.scalar_subquery()))


def dates_for(person: Person, now: datetime) -> list[Dated]:
    """What the person's groups plan from 30 days ago to 400 days ahead, in order, cancelled dates among them.

    Their groups are those they are in now, in either role; a group that was left or closed takes its dates along.
    """
    theirs = access.groups_seen_by(person).chosen.with_only_columns(Group.id).order_by(None)
    between = Workshop.starts_at.between(now - BEHIND, now + AHEAD)
    rows = db.session.execute(
        select(
            Workshop.id,
            Workshop.uid,
            Workshop.revision,
            Group.created_at.label("since"),
            Workshop.starts_at,
            Workshop.minutes,
            Group.name.label("group"),
            Group.place,
            Group.timezone.label("zone"),
            Cancellation.workshop_id.is_not(None).label("cancelled"),
        )
        .join(Group, Group.id == Workshop.group_id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(Workshop.group_id.in_(theirs), between)
        .order_by(Workshop.starts_at, Workshop.uid)
    ).all()
    parts = _parts([row.id for row in rows])
    found = []
    for row in rows:
        known = dict(row._mapping)
        whole = known.pop("id")
        for n, (starts_at, minutes) in enumerate(parts.get(whole, []), 1):
            part = {"uid": f"{row.uid}-{n}", "starts_at": starts_at, "minutes": minutes}
            found.append(Dated(**{**known, **part}))
        if whole not in parts:
            found.append(Dated(**known))
    return found


def _parts(workshops: list[int]) -> dict[int, list[tuple[datetime, int]]]:
    """The parts of those that are stages, in order: the first stays the first when it moves to another hour."""
    found: dict[int, list[tuple[datetime, int]]] = {}
    slots = select(Slot).where(Slot.workshop_id.in_(workshops)).order_by(Slot.workshop_id, Slot.starts_at)
    for slot in db.session.scalars(slots):
        found.setdefault(slot.workshop_id, []).append((slot.starts_at, slot.minutes))
    return found
