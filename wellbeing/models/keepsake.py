"""What a person takes away from a workshop: their words, apart from the numbers and encrypted like a note."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Keepsake(Model):
    __tablename__ = "keepsake"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault, bound to the workshop's uid


class KeepsakeCopy(Model):
    """Words that another device had written of the same workshop, kept until the person chooses. One a device."""

    __tablename__ = "keepsake_copy"
    __table_args__ = (UniqueConstraint("person_id", "uid"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    text: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault, bound to this uid
    kept_at: Mapped[datetime] = mapped_column(Instant)
