"""What a device asked for, once: the same `op_id` of the same person is never done twice (sync.md)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Operation(Model):
    __tablename__ = "operation"
    __table_args__ = (Index("operation_entity", "person_id", "entity", "device_id", "seq"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    op_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    entity: Mapped[str] = mapped_column(String(80))  # 'entry:<uid>', 'attendance:<workshop>'
    parts: Mapped[int]  # 1 numbers | 2 words
    device_id: Mapped[str] = mapped_column(String(36))  # 'form' when it came from a plain form
    seq: Mapped[int | None]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]
    result: Mapped[str] = mapped_column(Text)  # JSON: status, reason, ids; never content
    received_at: Mapped[datetime] = mapped_column(Instant)
