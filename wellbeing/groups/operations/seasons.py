"""Planning the dates of a season, and keeping the school holidays of a territory that no library knows."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, select

from wellbeing.db import db, transaction
from wellbeing.domain.stages import Timed
from wellbeing.groups.doors import CHECK_IN, drawn
from wellbeing.groups.queries import meetings
from wellbeing.groups.queries.seasons import Proposed, proposal
from wellbeing.groups.refusals import NothingTicked, UnknownAnswer
from wellbeing.groups.wishes import Plan
from wellbeing.keyring.current import current_keyring
from wellbeing.models.group import Group
from wellbeing.models.holiday_range import HolidayRange
from wellbeing.models.workshop import Slot, Workshop


def plan_workshops(group: Group, plan: Plan) -> list[Workshop]:
    """Write the dates of a season: those ticked in a preview or, when nobody was asked, all but those that holidays
    take. Dates that the group has already are left as they are.

    Raises what `proposal` raises, NothingTicked, and UnknownAnswer for a date that the season does not have.
    """
    with transaction():
        hold(group)
        made = []
        for one in _chosen(group, plan):
            made.append(_workshop(group, plan.title, one.timed))
            db.session.add(made[-1])
            db.session.flush()
            write_slots(made[-1], one.timed)
    return made


def _chosen(group: Group, plan: Plan) -> list[Proposed]:
    proposed = proposal(group, plan)
    if plan.ticked is None:
        return proposed.planned
    if not plan.ticked:
        raise NothingTicked
    if plan.ticked - proposed.days:
        raise UnknownAnswer(field="ticked")
    both = sorted([*proposed.planned, *proposed.removed], key=lambda one: one.day)
    return [one for one in both if one.day in plan.ticked]


def _workshop(group: Group, title: str, timed: Timed) -> Workshop:
    uid = secrets.token_hex(16)
    code = drawn(current_keyring(), CHECK_IN, uid)
    return Workshop(
        uid=uid,
        group_id=group.id,
        title=title,
        starts_at=timed.whole.starts_at,
        local_date=meetings.local(timed.whole.starts_at, group).date(),
        minutes=timed.whole.minutes,
        check_in_code_hash=code.hash,
        check_in_code_box=code.box,
    )


def write_slots(workshop: Workshop, timed: Timed) -> None:
    """Inside a transaction: the parts of this workshop are these and no others."""
    db.session.execute(delete(Slot).where(Slot.workshop_id == workshop.id))
    db.session.add_all(
        Slot(workshop_id=workshop.id, group_id=workshop.group_id, starts_at=slot.starts_at, minutes=slot.minutes)
        for slot in timed.slots
    )


def hold(group: Group) -> None:
    """Until the transaction ends, nobody else decides about the dates of this group."""
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())


def keep_holidays(group: Group, ranges: Iterable[tuple[date, date]]) -> None:
    """The school holidays of the group are these, each the day of departure and the day of return. Dates already
    planned stay as they are.
    """
    with transaction():
        hold(group)
        db.session.execute(delete(HolidayRange).where(HolidayRange.group_id == group.id))
        db.session.add_all(
            HolidayRange(group_id=group.id, leaves_on=left, returns_on=back) for left, back in dict(ranges).items()
        )
