"""What a steward sees: which groups there are, and which invitations are still open. Nobody is in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation


def groups() -> list[Group]:
    """Every group of the installation, running ones first, then by name."""
    return list(db.session.scalars(select(Group).order_by(Group.closed_at.is_not(None), Group.name, Group.id)))


def open_invitations(now: datetime) -> list[Invitation]:
    """Invitations to create groups that nobody has used yet, the newest first. Their links are known to nobody here."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.group_id.is_(None),
                Invitation.used_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
            .order_by(Invitation.made_at.desc(), Invitation.id.desc())
        )
    )
