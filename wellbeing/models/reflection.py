"""What a person said of one workshop, before and after: numbers only. What they take away is a `Keepsake`, apart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


def _within(*columns: str, highest: int = 5) -> list[CheckConstraint]:
    return [
        CheckConstraint(f"{name} BETWEEN 1 AND {highest}", name=f"{name.strip(chr(34))}_in_range") for name in columns
    ]


ITEMS = ("interaction", "cooperation", "exchange", "safety", '"return"', "belong")


class Reflection(Model):
    """A null is a question that was passed. Each half has its instants: first told, and told last, on the device's
    clock, never later than it was received. A half without answers has none; a row holds at least one half.
    """

    __tablename__ = "reflection"
    __table_args__ = (
        *_within("before_mood", "before_calm", "after_mood", "after_calm", *ITEMS),
        *_within("size", highest=3),
        CheckConstraint("belong IS NULL OR size IS NULL", name="one_by_turns"),
        CheckConstraint("before_told_at IS NOT NULL OR after_told_at IS NOT NULL", name="something_told"),
        CheckConstraint("(before_told_at IS NULL) = (before_first_told_at IS NULL)", name="before_first_known"),
        CheckConstraint("(after_told_at IS NULL) = (after_first_told_at IS NULL)", name="after_first_known"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    before_mood: Mapped[int | None]
    before_calm: Mapped[int | None]
    before_first_told_at: Mapped[datetime | None] = mapped_column(Instant)
    before_told_at: Mapped[datetime | None] = mapped_column(Instant)
    after_mood: Mapped[int | None]
    after_calm: Mapped[int | None]
    interaction: Mapped[int | None]
    cooperation: Mapped[int | None]
    exchange: Mapped[int | None]
    safety: Mapped[int | None]
    return_: Mapped[int | None] = mapped_column("return", quote=True)
    belong: Mapped[int | None]
    size: Mapped[int | None]
    after_first_told_at: Mapped[datetime | None] = mapped_column(Instant)
    after_told_at: Mapped[datetime | None] = mapped_column(Instant)


class ReflectionPast(Model):
    """Answers that another device had given and that had not been seen when others came. Kept until chosen."""

    __tablename__ = "reflection_past"
    __table_args__ = (
        CheckConstraint("part IN ('before', 'after')", name="part_known"),
        UniqueConstraint("person_id", "uid"),
        Index("reflection_past_person_id_workshop_id", "person_id", "workshop_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(6))
    uid: Mapped[str] = mapped_column(String(32))
    answers: Mapped[str] = mapped_column(String(200))  # as `mood=4 calm=2`: it is shown, and put back whole, or dropped
    device_id: Mapped[str] = mapped_column(String(36))
    kept_at: Mapped[datetime] = mapped_column(Instant)
