"""One figure about a group, frozen: published with a level and a band, or not, and never revised."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class Release(Model):
    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("state IN ('published', 'none')", name="state_known"),
        CheckConstraint(
            "(state = 'published') = (level IS NOT NULL AND band IS NOT NULL)", name="published_has_a_level"
        ),
        CheckConstraint("days IN (14, 28, 84)", name="days_known"),
        Index("release_days_start", "days", "start"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(24), primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int]
    state: Mapped[str] = mapped_column(String(9))
    level: Mapped[int | None]  # tenths of a point
    band: Mapped[int | None]  # lower edge of the band of contributors
    mechanism: Mapped[str] = mapped_column(String(16))  # '1/k5/e2'
