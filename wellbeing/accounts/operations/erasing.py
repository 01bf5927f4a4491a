"""Erasing an account, at once: the key of its words first, then everything that was under it.

What was published about a group stays: it holds no person. A group that nobody else runs is closed, with its links.
There is one way to erase, whoever asks for it: the person, the months nobody came,
or the ledger of withdrawals, after a backup is restored.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update

from wellbeing.accounts import queries
from wellbeing.db import db, transaction
from wellbeing.domain.refusals import LastSteward
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person, PersonKey
from wellbeing.models.stewardship import Stewardship
from wellbeing.withdrawals import withdrawn


def erase(person: Person, now: datetime) -> None:
    """Erase the person and all that is theirs. Raises LastSteward for the only one who runs the installation."""
    with transaction():
        db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        if queries.is_last_steward(person):
            raise LastSteward
        withdrawn("account", person, person.uid, now)
        erase_rows(person, now)
    _leave_nothing_in_the_file()


def erase_the_absent(now: datetime, months: int) -> int:
    """Erase accounts without a sign-in or a write for so many months; returns how many.

    Whoever runs a group or the installation is left to the steward and the host.
    """
    since = now.date() - timedelta(days=months * 31)
    leading = exists().where(
        Membership.person_id == Person.id, Membership.role == "facilitator", Membership.ended_at.is_(None)
    )
    steering = exists().where(Stewardship.person_id == Person.id, Stewardship.until.is_(None))
    absent = (Person.last_seen_day < since, ~leading, ~steering)
    gone = list(db.session.scalars(select(Person).where(*absent)))
    for person in gone:
        with transaction():
            still = select(Person.id).where(Person.id == person.id, *absent).with_for_update()
            if db.session.scalar(still) is None:
                continue  # they came back since they were listed
            withdrawn("account", person, person.uid, now)
            erase_rows(person, now)
    if gone:
        _leave_nothing_in_the_file()
    return len(gone)


def erase_rows(person: Person, now: datetime) -> None:
    """What erasing does to the database, inside the caller's transaction."""
    _hold_groups_run_by(person)
    _close([group.id for group in queries.groups_run_alone(person)], now)
    db.session.execute(delete(PersonKey).where(PersonKey.person_id == person.id))
    for named in (Invitation.made_by, Invitation.used_by):
        db.session.execute(update(Invitation).where(named == person.id).values({named: None}))
    db.session.execute(delete(Person).where(Person.id == person.id))  # the rest goes with it, table by table


def _leave_nothing_in_the_file() -> None:
    if db.engine.dialect.name == "sqlite":
        bare = db.engine.raw_connection()  # outside any transaction, as a checkpoint must be
        bare.cursor().execute(
            "PRAGMA wal_checkpoint(TRUNCATE)"
        )  # freed pages are zeroed; the log is emptied of them too
        bare.close()


def _hold_groups_run_by(person: Person) -> None:
    """Until the transaction ends, nobody enters or leaves their teams: else two who go at once might leave nobody."""
    led = select(Membership.group_id).where(
        Membership.person_id == person.id, Membership.role == "facilitator", Membership.ended_at.is_(None)
    )
    db.session.execute(select(Group.id).where(Group.id.in_(led)).order_by(Group.id).with_for_update())


def _close(groups: list[int], now: datetime) -> None:
    db.session.execute(update(Group).where(Group.id.in_(groups)).values(closed_at=now))
    open_links = Invitation.group_id.in_(groups), Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
    db.session.execute(update(Invitation).where(*open_links).values(revoked_at=now))
