"""Where a push service takes messages for one browser. Whoever holds these may write to that browser: all encrypted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class PushSubscription(Model):
    """One for a signed-in device at most: it ends with the sign-in."""

    __tablename__ = "push_subscription"
    __table_args__ = (CheckConstraint("failures >= 0", name="failures_counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sign_in_id: Mapped[int] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"), unique=True)
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)  # keyed: one browser is one person's
    endpoint: Mapped[bytes] = mapped_column(LargeBinary)  # boxes of the vault
    p256dh: Mapped[bytes] = mapped_column(LargeBinary)
    auth: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    rests_until: Mapped[datetime | None] = mapped_column(Instant)
