"""A circle that meets: a join code, a time zone, a holiday zone, and a contact who does not run it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model

ACTIVITIES = ("dance", "movement", "art", "expression", "other")


class Group(Model):
    __tablename__ = "group"
    __table_args__ = (
        CheckConstraint("activity IN ('dance', 'movement', 'art', 'expression', 'other')", name="activity_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    activity: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(64))
    holiday_zone: Mapped[str] = mapped_column(String(24))
    safety_contact: Mapped[str] = mapped_column(String(120))
    join_code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    join_code_box: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_on: Mapped[date]  # UTC date of the creation: the blocks of its figures start after it
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    next_due: Mapped[date | None] = mapped_column(index=True)  # until this UTC day all its figures are frozen
