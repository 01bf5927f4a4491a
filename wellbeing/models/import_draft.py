"""A file that a person sent and has not yet said yes to: encrypted like a note, for an hour at most, one a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class ImportDraft(Model):
    __tablename__ = "import_draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)  # a box of the vault around the file, made smaller
    kept_at: Mapped[datetime] = mapped_column(Instant, index=True)
