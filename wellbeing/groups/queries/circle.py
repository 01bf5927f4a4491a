"""A group as everyone in it sees it, and one person's own part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from wellbeing.db import db
from wellbeing.groups.doors import JOIN, code_in
from wellbeing.groups.queries.meetings import Meeting, meetings_of
from wellbeing.keyring.current import current_keyring
from wellbeing.models.group import Group
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person


@dataclass(frozen=True)
class Circle:
    """What everyone in a group sees of it, participants and team alike: numbers and dates, never a person."""

    group: Group
    size: int
    team: list[str]  # the names that facilitators typed for the group to see
    coming: list[Meeting]
    counted: list[Meeting]  # the newest first


def circle_of(group: Group, meetings: list[Meeting]) -> Circle:
    return Circle(
        group=group,
        size=roster_size(group),
        team=_team(group),
        coming=[meeting for meeting in meetings if not meeting.over],
        counted=[meeting for meeting in reversed(meetings) if meeting.count is not None and not meeting.cancelled],
    )


@dataclass(frozen=True)
class Card:
    """A group among those that somebody leads: when it meets next, and the latest count."""

    group: Group
    next: Meeting | None
    counted: Meeting | None


def cards(groups: list[Group], now: datetime) -> list[Card]:
    return [_card(group, meetings_of(group, now)) for group in groups]


def _card(group: Group, meetings: list[Meeting]) -> Card:
    circle = circle_of(group, meetings)
    coming = [meeting for meeting in circle.coming if not meeting.cancelled]
    return Card(group, coming[0] if coming else None, circle.counted[0] if circle.counted else None)


def roster_size(group: Group) -> int:
    """How many people take part now. A number, and there is no list behind it that a page could show."""
    counted = db.session.scalar(select(func.count()).select_from(Membership).where(*_running(group, "participant")))
    return counted or 0


def _team(group: Group) -> list[str]:
    named = select(Membership.shown_name).where(*_running(group, "facilitator"), Membership.shown_name.is_not(None))
    return [name for name in db.session.scalars(named.order_by(Membership.id)) if name]


def _running(group: Group, role: str) -> tuple[ColumnElement[bool], ...]:
    return Membership.group_id == group.id, Membership.role == role, Membership.ended_at.is_(None)


def group_made(uid: str) -> Group | None:
    """The group that a form made before, when it is sent again: its uid is the form's and the person's together."""
    return db.session.scalar(select(Group).where(Group.uid == uid))


def join_code(group: Group) -> str | None:
    """For the poster; None when its box cannot be opened."""
    return code_in(current_keyring(), JOIN, group.uid, group.join_code_box)


# --- one person's own part in it --------------------------------------------------------------------------------------
def participation(person: Person, group: Group) -> Membership | None:
    return next((m for m in _participations(person) if m.group_id == group.id), None)


def other_participations(person: Person) -> list[Membership]:
    """The oldest first; what has closed takes nobody's answers any more."""
    theirs = _participations(person)
    of_theirs = Group.id.in_([membership.group_id for membership in theirs])
    still_open = set(db.session.scalars(select(Group.id).where(of_theirs, Group.closed_at.is_(None))))
    return [membership for membership in theirs if membership.group_id in still_open]


def took_part(person: Person, uid: str) -> Group | None:
    """The group of this uid if the person takes or ever took part in it."""
    theirs = select(Membership.group_id).where(Membership.person_id == person.id, Membership.role == "participant")
    return db.session.scalar(select(Group).where(Group.uid == uid, Group.id.in_(theirs)))


def contributes_to(person: Person) -> int | None:
    """The id of the group that the person's answers count for, by the latest choice."""
    return db.session.scalar(
        select(Contribution.group_id)
        .where(Contribution.person_id == person.id)
        .order_by(Contribution.from_atom.desc())
        .limit(1)
    )


def _participations(person: Person) -> list[Membership]:
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.person_id == person.id, Membership.role == "participant", Membership.ended_at.is_(None))
            .order_by(Membership.began_at, Membership.id)
        )
    )
