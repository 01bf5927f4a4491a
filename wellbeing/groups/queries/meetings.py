"""The dates of a group, and what its team counted on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, select

from wellbeing.db import db
from wellbeing.domain.presence import code_is_open
from wellbeing.groups.doors import CHECK_IN, code_in
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop


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
    def countable(self) -> bool:
        return self.begun and not self.cancelled


def meetings_of(group: Group, now: datetime) -> list[Meeting]:
    """Every date of the group, oldest first."""
    latest = select(func.max(Headcount.id)).group_by(Headcount.workshop_id)
    rows = db.session.execute(
        select(Workshop, Cancellation, Headcount)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .outerjoin(Headcount, (Headcount.workshop_id == Workshop.id) & Headcount.id.in_(latest))
        .where(Workshop.group_id == group.id)
        .order_by(Workshop.starts_at, Workshop.id)
    )
    return [_meeting(group, workshop, cancelled is not None, count, now) for workshop, cancelled, count in rows]


def meeting(group: Group, workshop: Workshop, now: datetime) -> Meeting:
    counts = headcounts(workshop)
    return _meeting(group, workshop, cancellation(workshop) is not None, counts[-1] if counts else None, now)


def _meeting(group: Group, workshop: Workshop, cancelled: bool, count: Headcount | None, now: datetime) -> Meeting:
    end = end_of(workshop)
    return Meeting(
        workshop=workshop,
        cancelled=cancelled,
        count=count,
        starts=local(workshop.starts_at, group),
        ends=local(end, group),
        begun=now >= workshop.starts_at,
        over=now >= end,
    )


def end_of(workshop: Workshop) -> datetime:
    return workshop.starts_at + timedelta(minutes=workshop.minutes)


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
    return code_in(current_app.config["KEYRING"], CHECK_IN, workshop.uid, workshop.check_in_code_box)


def checking_in(meeting: Meeting, now: datetime) -> bool:
    """Whether the workshop's code opens now."""
    return not meeting.cancelled and code_is_open(meeting.workshop.starts_at, end_of(meeting.workshop), now)
