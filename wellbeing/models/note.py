"""The private words of an entry, apart from it and encrypted."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class Note(Model):
    __tablename__ = "note"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault
