"""Planning dates, cancelling one, bringing it back, counting who came."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, select

from wellbeing.db import db, transaction
from wellbeing.domain import calendars
from wellbeing.domain.refusals import WorkshopNotYetHere
from wellbeing.groups.doors import CHECK_IN, drawn
from wellbeing.groups.queries import meetings
from wellbeing.groups.refusals import ImpossibleLength, WorkshopBegun, WorkshopCancelled, WorkshopHeld
from wellbeing.groups.wishes import Counted, Plan
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop

SHORTEST, LONGEST = 5, 5760  # minutes, as the table holds them


def starts_of(group: Group, plan: Plan) -> list[datetime]:
    """The instants of a season that the group has not got yet, in order. Raises what `calendars.dates_of` raises, and
    ImpossibleLength.
    """
    if not SHORTEST <= plan.minutes <= LONGEST:
        raise ImpossibleLength
    there = meetings.starts_in(group)
    days = calendars.dates_of(plan.starts_on, plan.repeat, plan.until)
    starts = (calendars.starts_at(day, plan.starts_at, group.timezone) for day in days)
    return [start for start in starts if start not in there]


def plan_workshops(group: Group, plan: Plan) -> list[Workshop]:
    """Write the dates of a season; those the group has already are left as they are."""
    with transaction():
        db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())
        made = [_workshop(group, plan, start) for start in starts_of(group, plan)]
        db.session.add_all(made)
    return made


def _workshop(group: Group, plan: Plan, start: datetime) -> Workshop:
    uid = secrets.token_hex(16)
    code = drawn(current_app.config["KEYRING"], CHECK_IN, uid)
    return Workshop(
        uid=uid,
        group_id=group.id,
        title=plan.title,
        starts_at=start,
        local_date=meetings.local(start, group).date(),
        minutes=plan.minutes,
        check_in_code_hash=code.hash,
        check_in_code_box=code.box,
    )


def cancel(workshop: Workshop, now: datetime) -> None:
    """Cancel a date. Raises WorkshopHeld once it took place: it was counted, or its end has passed."""
    with transaction():
        _hold(workshop)
        if meetings.cancellation(workshop) is not None:
            return
        if now >= meetings.end_of(workshop) or meetings.headcounts(workshop):
            raise WorkshopHeld
        db.session.add(Cancellation(workshop_id=workshop.id, cancelled_at=now))


def restore(workshop: Workshop, now: datetime) -> None:
    """Take a cancellation back. Raises WorkshopBegun from the hour of the start on."""
    with transaction():
        _hold(workshop)
        if meetings.cancellation(workshop) is None:
            return
        if now >= workshop.starts_at:
            raise WorkshopBegun
        db.session.execute(delete(Cancellation).where(Cancellation.workshop_id == workshop.id))


def count(workshop: Workshop, counted: Counted, now: datetime) -> None:
    """Keep how many came. Earlier counts stay, so that the team sees what was corrected; the same numbers again add
    nothing. Raises WorkshopCancelled or WorkshopNotYetHere.
    """
    with transaction():
        _hold(workshop)
        if meetings.cancellation(workshop) is not None:
            raise WorkshopCancelled
        if now < workshop.starts_at:
            raise WorkshopNotYetHere
        before = meetings.headcounts(workshop)
        if before and (before[-1].present, before[-1].without_phone, before[-1].newcomers) == (
            counted.present,
            counted.without_phone,
            counted.newcomers,
        ):
            return
        db.session.add(
            Headcount(
                workshop_id=workshop.id,
                present=counted.present,
                without_phone=counted.without_phone,
                newcomers=counted.newcomers,
                counted_at=now,
            )
        )


def _hold(workshop: Workshop) -> None:
    """Until the transaction ends, nobody else decides about this workshop."""
    db.session.execute(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update())
