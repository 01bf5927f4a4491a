"""A device on which a person signed in. The cookie holds the token; the row holds only its hash."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class SignIn(Model):
    __tablename__ = "sign_in"
    __table_args__ = (
        UniqueConstraint("person_id", "uid"),
        ForeignKeyConstraint(["person_id", "passkey_id"], ["passkey.person_id", "passkey.id"], ondelete="CASCADE"),
        CheckConstraint("key_kind IN ('passkey', 'phrase', 'setup')", name="key_kind_known"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    key_kind: Mapped[str] = mapped_column(String(8))
    passkey_id: Mapped[int | None]
    label: Mapped[bytes | None] = mapped_column(LargeBinary)  # "Android · Chrome", a box of the vault
    shared: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_day: Mapped[date]  # a day, never a time; moved by unsafe requests only
    fresh_until: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
