"""Until when the gentle card stays silent for a person: one date, encrypted, of the same length whoever it is for."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class Silence(Model):
    """Everybody has one, whether or not a card was ever shown to them, so that having one says nothing."""

    __tablename__ = "silence"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault
