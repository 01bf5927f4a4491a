"""Erasing an account, at once: the key of its words first, then everything that was under it.

What was published about a group stays: it holds no person. A group that nobody else runs is closed.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from wellbeing.accounts import queries
from wellbeing.db import db, transaction
from wellbeing.domain.refusals import LastSteward
from wellbeing.models.group import Group
from wellbeing.models.person import Person, PersonKey


def erase(person: Person, now: datetime) -> None:
    """Erase the person and all that is theirs. Raises LastSteward for the only one who runs the installation."""
    with transaction():
        db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        if queries.is_last_steward(person):
            raise LastSteward
        alone = [group.id for group in queries.groups_run_alone(person)]
        db.session.execute(update(Group).where(Group.id.in_(alone)).values(closed_at=now))
        db.session.execute(delete(PersonKey).where(PersonKey.person_id == person.id))
        db.session.execute(delete(Person).where(Person.id == person.id))  # the rest goes with it, table by table
    if db.engine.dialect.name == "sqlite":
        bare = db.engine.raw_connection()  # outside any transaction, as a checkpoint must be
        bare.cursor().execute(
            "PRAGMA wal_checkpoint(TRUNCATE)"
        )  # freed pages are zeroed; the log is emptied of them too
        bare.close()
