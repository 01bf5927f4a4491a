"""How long published figures are kept after their period: one row, once a steward has chosen."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class Retention(Model):
    __tablename__ = "retention"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("figures_months BETWEEN 12 AND 60", name="months_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    figures_months: Mapped[int]
