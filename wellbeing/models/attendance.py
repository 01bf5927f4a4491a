"""A row means « j’y étais ». Nobody but the person ever reads it; a facilitator counts heads instead."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Attendance(Model):
    __tablename__ = "attendance"
    __table_args__ = (CheckConstraint("how IN ('code', 'declared')", name="how_known"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    how: Mapped[str] = mapped_column(String(8))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
