"""What a passkey is asked to sign: once, within minutes, for one purpose and from one browser. Names nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Challenge(Model):
    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("purpose IN ('join', 'sign_in', 'step_up', 'add')", name="purpose_known"),
    )  # fmt: skip

    challenge: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)  # 32 random bytes
    purpose: Mapped[str] = mapped_column(String(8))
    browser: Mapped[bytes] = mapped_column(LargeBinary)  # a keyed hash of what its cookie holds
    handle: Mapped[bytes | None] = mapped_column(LargeBinary)  # by which a passkey made now will know its owner
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
