"""School holidays as a team typed them, for a group whose territory no library knows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class HolidayRange(Model):
    """Both days as an academy shows them: leaving after class, back in the morning. Both are school days."""

    __tablename__ = "holiday_range"
    __table_args__ = (CheckConstraint("returns_on > leaves_on", name="returns_after_it_leaves"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    leaves_on: Mapped[date] = mapped_column(primary_key=True)
    returns_on: Mapped[date]
