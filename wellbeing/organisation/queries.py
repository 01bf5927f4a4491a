"""What a steward sees: groups, numbers called wrong, and invitations that are still open. Nobody is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, extract, func, or_, select

from wellbeing.db import db
from wellbeing.domain.flags import OPEN_FOR
from wellbeing.models.flag import Flag
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.workshop import Cancellation, Workshop


def groups() -> list[Group]:
    """Every group of the installation, running ones first, then by name."""
    return list(db.session.scalars(select(Group).order_by(Group.closed_at.is_not(None), Group.name, Group.id)))


def open_invitations(now: datetime) -> list[Invitation]:
    """Invitations to create groups that nobody has used yet, the newest first. Their links are known to nobody here."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.group_id.is_(None),
                Invitation.used_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
            .order_by(Invitation.made_at.desc(), Invitation.id.desc())
        )
    )


# --- numbers called wrong ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Doubt:
    """A number that somebody in a group called wrong: which, on which day. `own`: this steward runs the group."""

    uid: str
    group: str
    number: str
    day: date
    shown: int
    own: bool


def doubts(steward: Person, now: datetime) -> list[Doubt]:
    """Flags that can still be settled, by day and group; the hour at which they were raised orders nothing."""
    rows = db.session.execute(
        select(Flag, Group.name)
        .join(Group, Group.id == Flag.group_id)
        .where(Flag.settled_at.is_(None), Flag.raised_at > now - OPEN_FOR)
        .order_by(Flag.day, Group.name, Flag.uid)
    )
    return [Doubt(f.uid, name, f.number, f.day, f.shown, runs_since(steward, f)) for f, name in rows]


def runs_since(steward: Person, flag: Flag) -> bool:
    """Whether the steward runs the flag's group, or ran it at any moment since the flag was raised."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Membership.person_id == steward.id,
                    Membership.group_id == flag.group_id,
                    Membership.role == "facilitator",
                    or_(Membership.ended_at.is_(None), Membership.ended_at > flag.raised_at),
                )
            )
        )
    )


def flag_open(uid: str, now: datetime) -> Flag | None:
    """The flag of this name: still open, or settled already. One that nobody settled in time is found no more."""
    return db.session.scalar(
        select(Flag).where(Flag.uid == uid, or_(Flag.settled_at.is_not(None), Flag.raised_at > now - OPEN_FOR))
    )


def reinforced() -> bool:
    """Whether blocks that open from now on are published in the reinforced mode."""
    return bool(db.session.scalar(select(exists().where(Reinforced.until.is_(None)))))


# --- the association as a whole ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Groups:
    running: int
    closed: int


@dataclass(frozen=True)
class Year:
    """What teams declared of all their groups in one calendar year: workshops, and heads. No group stands apart."""

    year: int
    held: int
    cancelled: int
    present: int
    without_phone: int
    newcomers: int


def how_many_groups() -> Groups:
    running, every = db.session.execute(
        select(func.count().filter(Group.closed_at.is_(None)), func.count()).select_from(Group)
    ).one()
    return Groups(running, every - running)


def years(today: date) -> list[Year]:
    """The years up to this day in which a workshop was counted or cancelled, the latest first."""
    latest = select(func.max(Headcount.id)).group_by(Headcount.workshop_id)
    year = extract("year", Workshop.local_date)
    numbers = (Headcount.present, Headcount.without_phone, Headcount.newcomers)
    found = db.session.execute(
        select(
            year,
            func.count(Headcount.id),
            func.count(Cancellation.workshop_id),
            *(func.coalesce(func.sum(number), 0) for number in numbers),
        )
        .select_from(Workshop)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .outerjoin(
            Headcount,
            (Headcount.workshop_id == Workshop.id) & Headcount.id.in_(latest) & Cancellation.workshop_id.is_(None),
        )
        .where(
            Workshop.local_date <= today,
            Headcount.id.is_not(None) | Cancellation.workshop_id.is_not(None),
        )
        .group_by(year)
        .order_by(year.desc())
    )
    return [Year(*(int(value) for value in row)) for row in found]
