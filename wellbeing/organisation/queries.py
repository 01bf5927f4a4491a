"""What a steward sees: which groups there are, and which invitations are still open. Nobody is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import extract, func, select

from wellbeing.db import db
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.invitation import Invitation
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
