"""Making an invitation, and taking it back."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.person import Person
from wellbeing.web.devices import token_hash
from wellbeing.withdrawals import withdrawn

LIFE = timedelta(days=7)


def invite(by: Person, group: Group | None, now: datetime) -> str:
    """Make an invitation for seven days and one person, into the team of a group or to create groups of one's own.

    Returns its token, which is kept nowhere: 160 bits, base32.
    """
    token = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    with transaction():
        db.session.add(
            Invitation(
                uid=secrets.token_hex(16),
                token_hash=token_hash(token),
                group_id=group.id if group else None,
                made_by=by.id,
                made_at=now,
                expires_at=now + LIFE,
            )
        )
    return token


def revoke(group: Group | None, uid: str, now: datetime) -> bool:
    """Take back an invitation that nobody has used. Twice is once; False when there is none of this name, for this."""
    with transaction():
        meant = Invitation.group_id == group.id if group else Invitation.group_id.is_(None)
        found = db.session.scalars(
            select(Invitation).where(Invitation.uid == uid, meant, Invitation.used_at.is_(None)).with_for_update()
        ).first()
        if found is not None and found.revoked_at is None:
            found.revoked_at = now
            db.session.flush()
            withdrawn("invitation", "", uid, now)
    return found is not None
