"""Who raised a flag: kept apart and for 84 days, only so that nobody raises a second one in a season."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class FlagRaiser(Model):
    """No page of a facilitator or a steward can read this table; a flag outlives whoever raised it."""

    __tablename__ = "flag_raiser"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    flag_id: Mapped[int] = mapped_column(ForeignKey("flag.id", ondelete="CASCADE"), primary_key=True, index=True)
