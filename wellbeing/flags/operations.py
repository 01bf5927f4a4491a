"""Calling a number wrong."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from wellbeing.db import db, transaction
from wellbeing.domain.refusals import FlaggedAlready
from wellbeing.flags import queries
from wellbeing.flags.queries import Shown
from wellbeing.models.flag import Flag
from wellbeing.models.flag_raiser import FlagRaiser
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.withdrawals import withdrawn


def call_wrong(person: Person, group: Group, number: Shown, now: datetime) -> None:
    """Raise a flag: until it is settled no figure of the group is frozen. Raises FlaggedAlready the second time in a
    season, whichever number it is, so that one person holds up a group for 28 days in 84 at most.
    """
    with transaction():
        db.session.execute(
            select(Person.id).where(Person.id == person.id).with_for_update()
        )  # two taps at once are one
        if queries.raised_lately(person, group, now):
            raise FlaggedAlready
        flag = Flag(
            uid=secrets.token_hex(16),
            group_id=group.id,
            number=number.number,
            workshop_id=number.workshop_id,
            day=number.day,
            shown=number.n,
            raised_at=now,
        )
        db.session.add(flag)
        db.session.flush()
        db.session.add(FlagRaiser(flag_id=flag.id, person_id=person.id))
        db.session.flush()
        _remember(group, number, flag)


def _remember(group: Group, number: Shown, flag: Flag) -> None:
    """A backup that is put back must not let go of what the flag holds up. The line does not say who raised it."""
    said = {
        "group": group.uid,
        "workshop": number.workshop or "",
        "day": number.day.isoformat(),
        "shown": str(number.n),
    }
    withdrawn("flag", "", flag.uid, flag.raised_at, **said)
