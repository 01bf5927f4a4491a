"""The dates of a group, and what its team counted on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from wellbeing.db import db
from wellbeing.domain.presence import code_is_open
from wellbeing.domain.stages import Span, Timed
from wellbeing.groups.doors import CHECK_IN, code_in
from wellbeing.keyring.current import current_keyring
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Slot, Workshop


@dataclass(frozen=True)
class Meeting:
    """One workshop as pages list it at an instant: its place in time, and the latest count of who came."""

    workshop: Workshop
    cancelled: bool
    count: Headcount | None
    starts: datetime  # on the group's own clock
    ends: datetime
    begun: bool
    over: bool
    last_day: date  # of a stage of several days; else the day on which it starts
    slots: tuple[tuple[datetime, datetime], ...] = ()  # of a stage: both ends of each part, on the same clock

    @property
    def uid(self) -> str:
        return self.workshop.uid

    @property
    def title(self) -> str:
        return self.workshop.title

    @property
    def present(self) -> int | None:
        return self.count.present if self.count else None

    @property
    def cancellable(self) -> bool:
        return not self.cancelled and not self.over and self.count is None

    @property
    def restorable(self) -> bool:
        return self.cancelled and not self.begun

    @property
    def movable(self) -> bool:
        return not self.cancelled and not self.begun

    @property
    def countable(self) -> bool:
        return self.begun and not self.cancelled


def meetings_of(group: Group, now: datetime) -> list[Meeting]:
    """Every date of the group, oldest first."""
    counted = aliased(Headcount)
    latest = select(func.max(counted.id)).where(counted.workshop_id == Workshop.id).scalar_subquery()
    rows = db.session.execute(
        select(Workshop, Cancellation, Headcount)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .outerjoin(Headcount, and_(Headcount.group_id == Workshop.group_id, Headcount.id == latest))
        .where(Workshop.group_id == group.id)
        .order_by(Workshop.starts_at, Workshop.id)
    ).all()
    slots = _slots(Workshop.group_id == group.id)
    return [_meeting(group, one, cancelled is not None, count, slots, now) for one, cancelled, count in rows]


def meeting(group: Group, workshop: Workshop, now: datetime) -> Meeting:
    counts, slots = headcounts(workshop), _slots(Workshop.id == workshop.id)
    return _meeting(group, workshop, cancellation(workshop) is not None, counts[-1] if counts else None, slots, now)


def _slots(of: ColumnElement[bool]) -> Mapping[int, tuple[Span, ...]]:
    """The parts of stages, by the id of their workshop; an ordinary workshop is not among the keys."""
    chosen = select(Slot).join(Workshop, Workshop.id == Slot.workshop_id).where(of).order_by(Slot.starts_at)
    found: dict[int, tuple[Span, ...]] = {}
    for slot in db.session.scalars(chosen):
        found[slot.workshop_id] = (*found.get(slot.workshop_id, ()), Span(slot.starts_at, slot.minutes))
    return found


def _meeting(
    group: Group,
    workshop: Workshop,
    cancelled: bool,
    count: Headcount | None,
    slots: Mapping[int, tuple[Span, ...]],
    now: datetime,
) -> Meeting:
    end = end_of(workshop)
    return Meeting(
        workshop=workshop,
        cancelled=cancelled,
        count=count,
        starts=local(workshop.starts_at, group),
        ends=local(end, group),
        begun=now >= workshop.starts_at,
        over=now >= end,
        last_day=Span(workshop.starts_at, workshop.minutes).days(group.timezone)[1],
        slots=tuple(slot.on_clock(group.timezone) for slot in slots.get(workshop.id, ())),
    )


def timed_as(workshop: Workshop) -> Timed:
    """When it is, with its parts."""
    slots = _slots(Workshop.id == workshop.id).get(workshop.id, ())
    return Timed(Span(workshop.starts_at, workshop.minutes), slots)


def end_of(workshop: Workshop) -> datetime:
    return Span(workshop.starts_at, workshop.minutes).ends_at


def local(instant: datetime, group: Group) -> datetime:
    """The instant on the group's own clock."""
    return instant.astimezone(ZoneInfo(group.timezone))


def starts_in(group: Group) -> set[datetime]:
    return set(db.session.scalars(select(Workshop.starts_at).where(Workshop.group_id == group.id)))


def cancellation(workshop: Workshop) -> Cancellation | None:
    return db.session.scalar(select(Cancellation).where(Cancellation.workshop_id == workshop.id))


def headcounts(workshop: Workshop) -> list[Headcount]:
    """Every count of a workshop, the one that holds last."""
    return list(
        db.session.scalars(select(Headcount).where(Headcount.workshop_id == workshop.id).order_by(Headcount.id))
    )


def corrections(counts: list[Headcount]) -> list[int]:
    """The numbers present as they were corrected, the one that holds last; a count that left it alone is none."""
    present = [count.present for count in counts]
    return [number for number, before in zip(present, [None, *present], strict=False) if number != before]


def check_in_code(workshop: Workshop) -> str | None:
    return code_in(current_keyring(), CHECK_IN, workshop.uid, workshop.check_in_code_box)


def checking_in(meeting: Meeting, now: datetime) -> bool:
    """Whether the workshop's code opens now."""
    return not meeting.cancelled and code_is_open(meeting.workshop.starts_at, end_of(meeting.workshop), now)
