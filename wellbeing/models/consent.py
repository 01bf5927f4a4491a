"""What a person agreed to: purpose, the text they saw (by its hash), language, when, and when they took it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Consent(Model):
    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("person_id", "uid"),
        CheckConstraint("purpose IN ('age_ok', 'journal', 'trends', 'checkups', 'reminders')", name="purpose_known"),
        Index("consent_person_id_purpose", "person_id", "purpose"),
        Index(
            "consent_taken_back", "purpose", "withdrawn_at",
            sqlite_where=text("withdrawn_at IS NOT NULL"), postgresql_where=text("withdrawn_at IS NOT NULL"),
        ),
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(10))
    text_hash: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(2))
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_in: Mapped[str] = mapped_column(String(16))  # the page: join, invitation, setup, settings
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
