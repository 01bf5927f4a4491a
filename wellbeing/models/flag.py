"""« Ce nombre est faux »: somebody in a group says so of a number that its page shows. Who said it stands elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Flag(Model):
    """`shown` is the number as it was shown: of people in the group on `day`, or of those present on the workshop's."""

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint("number IN ('size', 'count')", name="number_known"),
        CheckConstraint("(number = 'count') = (workshop_id IS NOT NULL)", name="count_of_a_workshop"),
        CheckConstraint("verdict IN ('right', 'wrong')", name="verdict_known"),
        CheckConstraint("(settled_at IS NULL) = (verdict IS NULL)", name="settled_with_a_verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(String(5))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    shown: Mapped[int]
    raised_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    verdict: Mapped[str | None] = mapped_column(String(5))
