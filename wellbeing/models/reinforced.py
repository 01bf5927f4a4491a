"""A span during which the installation publishes rarer and more blurred figures, as its steward decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Reinforced(Model):
    """A block is drawn in the mode that was in force when it opened, so spans are kept, not a switch."""

    __tablename__ = "reinforced"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime | None] = mapped_column(Instant)
