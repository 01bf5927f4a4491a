"""The two numbers that everybody in a group sees, and whether one person called one of them wrong lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select

from wellbeing.db import db
from wellbeing.domain.days import today_in
from wellbeing.domain.flags import SEASON
from wellbeing.models.flag import Flag
from wellbeing.models.flag_raiser import FlagRaiser
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation, Workshop


@dataclass(frozen=True)
class Shown:
    """A number as the group's page shows it: of its people on a day, or of those counted at a workshop."""

    number: str
    workshop_id: int | None
    workshop: str | None  # its uid
    day: date
    n: int


def shown(group: Group, which: str, now: datetime) -> Shown | None:
    """The number of this name, `size` or the uid of a workshop that was held and counted; None when there is none."""
    return _size(group, now) if which == "size" else _count(group, which)


def _size(group: Group, now: datetime) -> Shown:
    running = (Membership.group_id == group.id, Membership.role == "participant", Membership.ended_at.is_(None))
    n = db.session.scalar(select(func.count()).select_from(Membership).where(*running))
    return Shown("size", None, None, today_in(group.timezone, now), n or 0)


def _count(group: Group, uid: str) -> Shown | None:
    found = db.session.execute(
        select(Workshop.id, Workshop.uid, Workshop.local_date, Headcount.present)
        .join(Headcount, Headcount.workshop_id == Workshop.id)
        .where(
            Workshop.group_id == group.id,
            Workshop.uid == uid,
            Workshop.id.not_in(select(Cancellation.workshop_id)),
        )
        .order_by(Headcount.id.desc())
    ).first()
    return Shown("count", *found) if found else None


def raised_lately(person: Person, group: Group, now: datetime) -> bool:
    """Whether this person called a number of this group wrong in the last 84 days."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    FlagRaiser.person_id == person.id,
                    FlagRaiser.flag_id == Flag.id,
                    Flag.group_id == group.id,
                    Flag.raised_at > now - SEASON,
                )
            )
        )
    )
