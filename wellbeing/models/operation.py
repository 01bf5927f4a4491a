"""What a device asked for, once, and where each thing it may change stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Operation(Model):
    """The same `op_id` of the same person is never done twice."""

    __tablename__ = "operation"
    __table_args__ = (Index("operation_entity", "person_id", "entity", "device_id", "seq"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    op_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    entity: Mapped[str] = mapped_column(String(80))  # 'entry:<uid>', 'attendance:<workshop>'
    parts: Mapped[int]  # what it touched: 1 numbers | 2 words; 0 once a later gesture had won, or it was declined
    device_id: Mapped[str] = mapped_column(String(36))  # 'form' when it came from a plain form
    seq: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]
    result: Mapped[str] = mapped_column(Text)  # JSON: status, reason, ids; never content
    received_at: Mapped[datetime] = mapped_column(Instant, index=True)


class EntityState(Model):
    """The version of one thing, who changed each of its parts last, and, once it is deleted, since when.

    A deleted thing keeps this row alone, its tombstone. `first_recorded_at` is when the first gesture about an entry
    was made; it outlives a deletion that is undone.
    """

    __tablename__ = "entity_state"
    __table_args__ = (
        Index(
            "entity_state_deleted_at",
            "deleted_at",
            sqlite_where=text("deleted_at IS NOT NULL"),
            postgresql_where=text("deleted_at IS NOT NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    entity: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    numbers_version: Mapped[int] = mapped_column(default=0)
    numbers_device: Mapped[str | None] = mapped_column(String(36))
    words_version: Mapped[int] = mapped_column(default=0)
    words_device: Mapped[str | None] = mapped_column(String(36))
    first_recorded_at: Mapped[datetime | None] = mapped_column(Instant)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)
