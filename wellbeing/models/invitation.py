"""A single-use link by which someone becomes a facilitator, and the one-time code of the first steward."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model

# Emptied when they are erased (accounts/operations/erasing): a table with a copy on every machine points at no person.
NAMES_A_PERSON = {"names": "person"}


class Invitation(Model):
    """Seven days, once. Without a group it lets someone create groups; with one it makes a co-facilitator of it."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    made_by: Mapped[int | None] = mapped_column(index=True, info=NAMES_A_PERSON)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    used_by: Mapped[int | None] = mapped_column(info=NAMES_A_PERSON)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class SetupCode(Model):
    """Makes the first steward: 24 hours, once, and only while nobody is steward."""

    __tablename__ = "setup_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    verifier: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime] = mapped_column(Instant)
