"""The private words of an entry, apart from it and encrypted; and words that stand beside them, encrypted alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Note(Model):
    __tablename__ = "note"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "entry_id"], ["entry.person_id", "entry.id"], ondelete="CASCADE"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault


class NoteCopy(Model):
    """Words that another device had written of the same entry, kept until the person chooses. One a device."""

    __tablename__ = "note_copy"
    __table_args__ = (UniqueConstraint("person_id", "uid"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    entry_uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    text: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault, bound to this uid
    kept_at: Mapped[datetime] = mapped_column(Instant)


class EarlyNote(Model):
    """Words whose mood has not arrived yet. Its box is the one the entry's note will be."""

    __tablename__ = "early_note"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    entry_uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
