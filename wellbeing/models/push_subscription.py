"""Where a push service takes messages for one browser. Whoever holds these may write to that browser: all encrypted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model
from wellbeing.models.sign_in import SignIn


class PushSubscription(Model):
    """One for a signed-in device at most: it ends with the sign-in."""

    __tablename__ = "push_subscription"
    __table_args__ = (
        UniqueConstraint("person_id", "uid"),
        UniqueConstraint("person_id", "sign_in_id"),
        ForeignKeyConstraint(["person_id", "sign_in_id"], ["sign_in.person_id", "sign_in.id"], ondelete="CASCADE"),
        CheckConstraint("failures >= 0", name="failures_counted"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))
    sign_in_id: Mapped[int]
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary, index=True)  # keyed: one browser is one person's
    endpoint: Mapped[bytes] = mapped_column(LargeBinary)  # boxes of the vault
    p256dh: Mapped[bytes] = mapped_column(LargeBinary)
    auth: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    rests_until: Mapped[datetime | None] = mapped_column(Instant)


# A subscription beside the sign-in it ends with.
OF_ITS_DEVICE = and_(SignIn.person_id == PushSubscription.person_id, SignIn.id == PushSubscription.sign_in_id)
