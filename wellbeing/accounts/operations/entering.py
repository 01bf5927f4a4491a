"""Someone who has an account enters a group, or its team."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from wellbeing.accounts import queries
from wellbeing.db import db, transaction
from wellbeing.domain.crowds import next_atom
from wellbeing.domain.refusals import InvitationOpensNothing
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person
from wellbeing.web.devices import token_hash


def join_also(person: Person, group: Group, now: datetime) -> bool:
    """Let someone who has an account take part in one more group. Returns False when they already do."""
    if queries.takes_part(person, group):
        return False
    try:
        with transaction():
            take_part(person, group, now)
    except IntegrityError:  # the same tap, twice at once
        return False
    return True


def use_invitation(person: Person, token: str, now: datetime) -> None:
    """Make a facilitator of someone who has an account. Raises InvitationOpensNothing."""
    with transaction():
        enter_team(person, token, now)


def take_part(person: Person, group: Group, now: datetime) -> None:
    """Begin a membership, inside the caller's transaction.

    Whoever contributes to no group yet contributes to this one from the next 14-day boundary on.
    """
    db.session.add(
        Membership(uid=secrets.token_hex(16), person_id=person.id, group_id=group.id, role="participant", began_at=now)
    )
    latest = db.session.scalars(
        select(Contribution).where(Contribution.person_id == person.id).order_by(Contribution.from_atom.desc())
    ).first()
    if latest is None or latest.group_id is None:
        db.session.merge(Contribution(person_id=person.id, from_atom=next_atom(now.date()), group_id=group.id))
    db.session.flush()


def enter_team(person: Person, token: str, now: datetime) -> None:
    """Use the link up, in one conditional statement, inside the caller's transaction. Raises InvitationOpensNothing.

    Whoever runs the group already leaves the link whole, for whom it was made; whoever used it has done so.
    """
    of_token = Invitation.token_hash == token_hash(token)
    group_id = db.session.scalar(select(Invitation.group_id).where(of_token))
    if group_id is not None:
        if _closed(group_id):
            raise InvitationOpensNothing
        if queries.leads(person, group_id):
            return
    taken = db.session.execute(
        update(Invitation)
        .where(of_token, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > now)
        .values(used_at=now, used_by=person.id)
        .returning(Invitation.id)
    ).first()
    if taken is None:
        if db.session.scalar(select(Invitation.id).where(of_token, Invitation.used_by == person.id)):
            return
        raise InvitationOpensNothing
    if group_id is not None:
        db.session.add(
            Membership(
                uid=secrets.token_hex(16),
                person_id=person.id,
                group_id=group_id,
                role="facilitator",
                began_at=now,
            )
        )


def _closed(group_id: int) -> bool:
    """Whether the group takes nobody in any more; until the transaction ends, nobody else changes who runs it."""
    held = select(Group.closed_at).where(Group.id == group_id).with_for_update()
    return db.session.scalars(held).one() is not None
