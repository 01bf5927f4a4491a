"""Choosing the group in whose trends one counts."""

from __future__ import annotations

from datetime import datetime

from wellbeing.accounts.contributing import queries
from wellbeing.db import db, transaction
from wellbeing.domain.crowds import next_atom
from wellbeing.models.group import Group
from wellbeing.models.membership import Contribution
from wellbeing.models.person import Person
from wellbeing.withdrawals import withdrawn


def contribute(person: Person, group: Group | None, now: datetime) -> None:
    """From the next 14-day boundary on, count in the trends of this group, or of none.

    What was chosen for days that have begun is never rewritten. Choosing again what is chosen changes nothing.
    """
    with transaction():
        chosen = group.id if group else None
        before = queries.chosen_group(person)
        if before != chosen:
            db.session.merge(Contribution(person_id=person.id, from_atom=next_atom(now.date()), group_id=chosen))
            db.session.flush()
            if before is not None:  # a group they no longer count for must not count them again after a restore
                withdrawn("contribution", person, person.uid, now)
