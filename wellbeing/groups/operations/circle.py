"""Making a group, changing its code, leaving it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from wellbeing.db import db, transaction
from wellbeing.domain.crowds import next_atom
from wellbeing.groups.doors import JOIN, drawn
from wellbeing.groups.queries import circle
from wellbeing.groups.wishes import Wanted
from wellbeing.keyring.current import current_keyring
from wellbeing.models.group import Group
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person
from wellbeing.withdrawals import withdrawn


def create_group(person: Person, wanted: Wanted, now: datetime) -> Group:
    """Make a group and its first facilitator."""
    uid = _uid_of(person, wanted.op_id)
    with transaction():
        if (made := circle.group_made(uid)) is not None:
            return made
        code = drawn(current_keyring(), JOIN, uid)
        group = Group(
            uid=uid,
            name=wanted.name,
            activity=wanted.activity,
            place=wanted.place,
            timezone=wanted.timezone,
            holiday_zone=wanted.holiday_zone,
            safety_contact=wanted.safety_contact,
            join_code_hash=code.hash,
            join_code_box=code.box,
            created_at=now,
            created_on=now.date(),
        )
        db.session.add(group)
        db.session.flush()
        db.session.add(
            Membership(
                uid=secrets.token_hex(16),
                person_id=person.id,
                group_id=group.id,
                role="facilitator",
                shown_name=wanted.shown_name,
                began_at=now,
            )
        )
    return group


def renew_code(group: Group, instead_of: str | None, now: datetime) -> None:
    """Draw a new join code; the old one opens nothing from here on, nor after a backup is restored. `instead_of` is the
    code being replaced, so that a second tap does not replace the new one.
    """
    with transaction():
        held = db.session.scalars(
            select(Group).where(Group.id == group.id).with_for_update().execution_options(populate_existing=True)
        ).one()
        if instead_of is not None and held.join_code_hash != current_keyring().keyed_hash(JOIN.lookup, instead_of):
            return
        code = drawn(current_keyring(), JOIN, held.uid)
        held.join_code_hash, held.join_code_box = code.hash, code.box
        db.session.flush()
        withdrawn("join_code", "", held.uid, now, hash=code.hash.hex(), box=code.box.hex())


def leave(person: Person, group: Group, now: datetime) -> None:
    """Stop taking part. From the next 14-day boundary on, the person's answers count for the oldest group they are
    still in, or for none. The team is told nothing.
    """
    with transaction():
        running = circle.participation(person, group)
        if running is None:
            return
        running.ended_at = now
        db.session.flush()
        withdrawn("leave", "", running.uid, now)
        if circle.contributes_to(person) == group.id:
            others = circle.other_participations(person)
            db.session.merge(
                Contribution(
                    person_id=person.id,
                    from_atom=next_atom(now.date()),
                    group_id=others[0].group_id if others else None,
                )
            )


def _uid_of(person: Person, op_id: str | None) -> str:
    """Random; or, of a named form, always the same for the same person: a stranger's form is nobody's."""
    if op_id is None:
        return secrets.token_hex(16)
    return current_keyring().keyed_hash("group", f"{person.uid}|{op_id}").hex()[:32]
