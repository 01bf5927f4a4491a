"""The secret address at which a person's calendar reads the dates of their groups. At most one each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class CalendarFeed(Model):
    """Whoever holds the token reads dates and places, so only its hash is kept: the address is shown once."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
