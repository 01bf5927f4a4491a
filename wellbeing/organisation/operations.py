"""Inviting somebody to run groups, and taking it back; settling a number called wrong; how trends are published."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from wellbeing.db import db, transaction
from wellbeing.domain.refusals import OwnGroup
from wellbeing.models.flag import Flag
from wellbeing.models.invitation import Invitation
from wellbeing.models.person import Person
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.retention import Retention
from wellbeing.organisation import queries
from wellbeing.web.devices import token_hash
from wellbeing.withdrawals import withdrawn

LIFE = timedelta(days=7)


def invite(steward: Person, now: datetime) -> str:
    """Make an invitation for seven days and one person; returns its token, which is kept nowhere: 160 bits, base32."""
    token = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    with transaction():
        db.session.add(
            Invitation(
                uid=secrets.token_hex(16),
                token_hash=token_hash(token),
                made_by=steward.id,
                made_at=now,
                expires_at=now + LIFE,
            )
        )
    return token


def revoke(uid: str, now: datetime) -> bool:
    """Take back an invitation that nobody has used. Twice is once; False when there is none of this name."""
    with transaction():
        found = db.session.scalars(
            select(Invitation)
            .where(Invitation.uid == uid, Invitation.group_id.is_(None), Invitation.used_at.is_(None))
            .with_for_update()
        ).first()
        if found is not None and found.revoked_at is None:
            found.revoked_at = now
            db.session.flush()
            withdrawn("invitation", "", uid, now)
    return found is not None


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

    That it was chosen is written down, so that a restored backup never brings back the easier one (trends.md).
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
