"""How a person wants their thread to count: days a week from a given week on, and pauses."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class Pace(Model):
    """The goal in force from this Monday on (docs/thread.md, rule 4)."""

    __tablename__ = "pace"
    __table_args__ = (CheckConstraint("goal IN (1, 2, 3, 5, 7)", name="goal_offered"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    from_monday: Mapped[date] = mapped_column(primary_key=True)
    goal: Mapped[int]


class Pause(Model):
    """Days during which no week is missed; open-ended while `until` is empty. Both bounds are included."""

    __tablename__ = "pause"
    __table_args__ = (CheckConstraint("until >= since", name="ends_after_it_begins"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    since: Mapped[date]
    until: Mapped[date | None]
