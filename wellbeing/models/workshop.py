"""One dated meeting of a group, its parts when it has several, and its cancellation when there is one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Workshop(Model):
    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 5760", name="minutes_in_range"),
        Index("workshop_group_id_starts_at", "group_id", "starts_at"),
        Index("workshop_group_id_local_date", "group_id", "local_date"),
        Index(
            "workshop_revised",
            "starts_at",
            sqlite_where=text("revision > 0"),
            postgresql_where=text("revision > 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    local_date: Mapped[date]  # in the group's zone: the week it belongs to (docs/thread.md, rule 2)
    minutes: Mapped[int]  # of a stage: from its first start to its last end
    revision: Mapped[int] = mapped_column(default=0, server_default="0")  # of the date: moved, cancelled, restored
    check_in_code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    check_in_code_box: Mapped[bytes] = mapped_column(LargeBinary)


class Slot(Model):
    """One part of a stage, which is one workshop over several times. An ordinary workshop has none."""

    __tablename__ = "slot"
    __table_args__ = (CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes_in_range"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    starts_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    minutes: Mapped[int]


class Cancellation(Model):
    __tablename__ = "cancellation"

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    cancelled_at: Mapped[datetime] = mapped_column(Instant)
