"""Moving a date: another day, hour or length. It stays the same workshop, with its code and its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from wellbeing.db import db, transaction
from wellbeing.domain.presence import OPENS_BEFORE
from wellbeing.domain.stages import Hours, Timed, timed
from wellbeing.groups.operations.seasons import hold, write_slots
from wellbeing.groups.queries import meetings
from wellbeing.groups.refusals import AlreadyPast, CodeIsOpen, RestoreFirst, TimeTaken, UnderWay
from wellbeing.models.group import Group
from wellbeing.models.workshop import Workshop


def move(group: Group, workshop: Workshop, hours: Sequence[Hours], now: datetime) -> None:
    """Put a date elsewhere in time; `hours` are its spans on the group's clock, several for a stage. The same again
    changes nothing.

    The team cannot know whether somebody has checked in, and must not: so from the opening of the code on, the hour may
    still change and the day may not, lest a presence or an answer be carried into another week.

    Raises UnderWay, RestoreFirst, AlreadyPast, CodeIsOpen, TimeTaken, or what `timed` raises.
    """
    with transaction():
        hold(group)
        held = db.session.scalars(
            select(Workshop)
            .where(Workshop.id == workshop.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        wanted = timed(hours, group.timezone)
        if wanted == meetings.timed_as(held):
            return
        _check(group, held, wanted, now)
        held.starts_at, held.minutes = wanted.whole.starts_at, wanted.whole.minutes
        held.local_date = meetings.local(held.starts_at, group).date()
        held.revision += 1
        write_slots(held, wanted)


def _check(group: Group, held: Workshop, wanted: Timed, now: datetime) -> None:
    if meetings.cancellation(held) is not None:
        raise RestoreFirst
    if now >= held.starts_at:
        raise UnderWay
    start = wanted.whole.starts_at
    if start <= now:
        raise AlreadyPast
    if now >= held.starts_at - OPENS_BEFORE and meetings.local(start, group).date() != held.local_date:
        raise CodeIsOpen
    taken = exists().where(Workshop.group_id == group.id, Workshop.starts_at == start, Workshop.id != held.id)
    if db.session.scalar(select(taken)):
        raise TimeTaken
