"""A person in a group, for a span, as participant or as facilitator; and the group their answers count for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Membership(Model):
    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('participant', 'facilitator')", name="role_known"),
        Index(
            "membership_running_once",
            "person_id",
            "group_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("membership_group_id_role", "group_id", "role"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(12))
    shown_name: Mapped[str | None] = mapped_column(String(120))  # a facilitator's, typed for the group to see
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Contribution(Model):
    """From this 14-day boundary on, the person's answers count for this group, or for none.

    A group that is deleted leaves the row: without it the choice before would hold again, which nobody made.
    """

    __tablename__ = "contribution"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    from_atom: Mapped[date] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
