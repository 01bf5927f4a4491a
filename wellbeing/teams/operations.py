"""Ending somebody's part in a team; closing a group.

Whatever changes who runs a group holds the group's row first, so that of two people who leave at once one stays.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.teams import queries
from wellbeing.teams.queries import Teammate
from wellbeing.teams.refusals import LastOfTheTeam
from wellbeing.withdrawals import withdrawn


def leave(person: Person, group: Group, now: datetime) -> None:
    """Stop running the group. Raises LastOfTheTeam for whoever runs it alone; twice is once."""
    with transaction():
        team = _held(group)
        _end(group, [one for one in team if one.person_id == person.id], team, now)


def remove(group: Group, uid: str, now: datetime) -> None:
    """End somebody's part in the team, and the links they made for it: one kept aside must not lead back in.

    Raises LastOfTheTeam; twice is once.
    """
    with transaction():
        team = _held(group)
        gone = [one for one in team if one.uid == uid]
        _end(group, gone, team, now)
        revoked = db.session.scalars(
            update(Invitation)
            .where(
                Invitation.group_id == group.id,
                Invitation.made_by.in_([one.person_id for one in gone]),
                Invitation.used_at.is_(None),
                Invitation.revoked_at.is_(None),
            )
            .values(revoked_at=now)
            .returning(Invitation.uid)
        )
        for link in revoked.all():
            withdrawn("invitation", "", link, now)


def rename(person: Person, group: Group, name: str | None) -> None:
    """The name the group sees for this person; None shows none."""
    with transaction():
        db.session.execute(
            update(Membership)
            .where(
                Membership.group_id == group.id,
                Membership.person_id == person.id,
                Membership.role == "facilitator",
                Membership.ended_at.is_(None),
            )
            .values(shown_name=name)
        )


def _held(group: Group) -> list[Teammate]:
    """The team, which nobody else changes until the transaction ends."""
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())
    return queries.team_of(group)


def _end(group: Group, gone: list[Teammate], team: list[Teammate], now: datetime) -> None:
    if gone and len(gone) == len(team):
        raise LastOfTheTeam
    db.session.execute(
        update(Membership)
        .where(Membership.group_id == group.id, Membership.uid.in_([one.uid for one in gone]))
        .values(ended_at=now)
    )
    for one in gone:
        withdrawn("leave", "", one.uid, now)


def close(group: Group, now: datetime) -> None:
    """The group stops: its pages, dates and links open nothing. Journals and published figures stay. Twice is once."""
    with transaction():
        running = Group.id == group.id, Group.closed_at.is_(None)
        closed = update(Group).where(*running).values(closed_at=now).returning(Group.id)
        if db.session.execute(closed).first() is None:
            return
        open_links = Invitation.group_id == group.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
        db.session.execute(update(Invitation).where(*open_links).values(revoked_at=now))
        withdrawn("group", "", group.uid, now)
