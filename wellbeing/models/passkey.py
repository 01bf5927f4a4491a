"""A key that a device holds and opens with a finger, a face or a code; the server keeps only what can check it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Passkey(Model):
    __tablename__ = "passkey"
    __table_args__ = (
        UniqueConstraint("person_id", "uid"),
        CheckConstraint("sign_count >= 0", name="counts_upwards"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)  # 0 for ever where a key is on several devices
    name: Mapped[bytes | None] = mapped_column(LargeBinary)  # a box of the vault
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_used_day: Mapped[date | None]  # a day, never a time


class KeyChange(Model):
    """That a key was added, removed or replaced: told on all devices for thirty days, then forgotten."""

    __tablename__ = "key_change"
    __table_args__ = (Index("key_change_person_id_at", "person_id", "at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
