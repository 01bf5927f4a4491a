"""The people who run a group, by the name each of them typed for it to see, and the links that are still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from wellbeing.db import db
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person


@dataclass(frozen=True)
class Teammate:
    """`name` is what they typed for the group to see, None while they typed nothing. A pseudonym is never read here."""

    uid: str  # of the membership
    name: str | None
    person_id: int


def team_of(group: Group) -> list[Teammate]:
    """Who runs the group now, the longest first."""
    return _teammates(Membership.group_id == group.id, Membership.ended_at.is_(None))


def teammate(group: Group, uid: str, also_gone: bool = False) -> Teammate | None:
    """One of the team by their membership's uid; `also_gone` finds who was, as a second tap asks for them again."""
    running = () if also_gone else (Membership.ended_at.is_(None),)
    return next(iter(_teammates(Membership.group_id == group.id, Membership.uid == uid, *running)), None)


def once_led(person: Person, uid: str) -> bool:
    """Whether the person ran this group and no longer does."""
    ended = (
        select(Membership.id)
        .join(Group, Group.id == Membership.group_id)
        .where(Group.uid == uid, Membership.person_id == person.id)
        .where(Membership.role == "facilitator", Membership.ended_at.is_not(None))
    )
    return bool(db.session.scalar(select(exists(ended))))


def open_group(uid: str) -> Group | None:
    """Any group that is not closed: for the steward, who oversees them all."""
    return db.session.scalar(select(Group).where(Group.uid == uid, Group.closed_at.is_(None)))


def any_group(uid: str) -> Group | None:
    """Any group, running or closed."""
    return db.session.scalar(select(Group).where(Group.uid == uid))


def _teammates(*chosen: ColumnElement[bool]) -> list[Teammate]:
    rows = db.session.execute(
        select(Membership.uid, Membership.shown_name, Membership.person_id)
        .where(Membership.role == "facilitator", *chosen)
        .order_by(Membership.id)
    )
    return [Teammate(row.uid, row.shown_name, row.person_id) for row in rows]


def open_invitations(group: Group, now: datetime) -> list[Invitation]:
    """Invitations to this team that nobody has used yet, the newest first. For whom each is, nobody here knows."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.group_id == group.id,
                Invitation.used_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
            .order_by(Invitation.made_at.desc(), Invitation.id.desc())
        )
    )
