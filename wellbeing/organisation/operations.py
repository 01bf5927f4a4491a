"""Settling a number called wrong; how trends are published, and for how long they stay."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from wellbeing.db import db, transaction
from wellbeing.domain.refusals import OwnGroup
from wellbeing.models.flag import Flag
from wellbeing.models.person import Person
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.retention import Retention
from wellbeing.organisation import queries
from wellbeing.withdrawals import withdrawn


def settle(steward: Person, flag: Flag, verdict: str, now: datetime) -> None:
    """Say whether a number is `right` or `wrong`. What was said first holds. Raises OwnGroup for who runs the group."""
    with transaction():
        if queries.runs_since(steward, flag):
            raise OwnGroup
        still = (Flag.id == flag.id, Flag.settled_at.is_(None))
        said = update(Flag).where(*still).values(settled_at=now, verdict=verdict).returning(Flag.id)
        if db.session.execute(said).first() is not None:
            withdrawn("settled", "", flag.uid, now, verdict=verdict)


def reinforce(on: bool, now: datetime) -> None:
    """Choose the mode of the blocks that open from now on; those that are open keep theirs. Twice is once.

    That it was chosen is written down, so that a restored backup never brings back the easier one.
    """
    with transaction():
        if not on:
            db.session.execute(update(Reinforced).where(Reinforced.until.is_(None)).values(until=now))
        elif not queries.reinforced():
            db.session.add(Reinforced(since=now))
            db.session.flush()
            withdrawn("reinforced", "", "", now)


def keep_figures(months: int) -> None:
    """For how long published figures stay after their period; the worker deletes what is older. Twice is once."""
    with transaction():
        db.session.merge(Retention(id=1, figures_months=months))
