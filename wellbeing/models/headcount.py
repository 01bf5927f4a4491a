"""How many people came, as the team counted. The latest row holds; earlier ones show what was corrected."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Headcount(Model):
    __tablename__ = "headcount"
    __table_args__ = (
        CheckConstraint("present BETWEEN 0 AND 500", name="present_in_range"),
        CheckConstraint("without_phone BETWEEN 0 AND present", name="without_phone_among_present"),
        CheckConstraint("newcomers BETWEEN 0 AND present", name="newcomers_among_present"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    present: Mapped[int]
    without_phone: Mapped[int]
    newcomers: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(Instant)
