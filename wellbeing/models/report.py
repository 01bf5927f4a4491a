"""What a team types for the report of one period. It belongs to the group; no row says who typed it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model
from wellbeing.domain.reports import LENGTHS


class Report(Model):
    """The newest row of a period holds. An older one is what somebody had saved meanwhile, set aside for the team."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("group_id", "uid"),
        CheckConstraint("ends_on >= starts_on", name="a_period"),
        CheckConstraint(
            "funder IN ('', 'ars', 'cpam', 'city', 'cfppa', 'foundation', 'drac', 'grant')", name="funder_known"
        ),
        CheckConstraint("people >= 0 AND budget >= 0 AND volunteer_hours >= 0", name="numbers_whole"),
        Index("report_group_id_starts_on", "group_id", "starts_on", "ends_on"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    saved_at: Mapped[datetime] = mapped_column(Instant)
    funder: Mapped[str] = mapped_column(String(12))  # empty: none in particular
    policy: Mapped[bool]
    issued_on: Mapped[date | None]
    association: Mapped[str] = mapped_column(String(LENGTHS["association"]))
    action: Mapped[str] = mapped_column(String(LENGTHS["action"]))
    territory: Mapped[str] = mapped_column(String(LENGTHS["territory"]))
    funders: Mapped[str] = mapped_column(String(LENGTHS["funders"]))
    contact: Mapped[str] = mapped_column(String(LENGTHS["contact"]))
    need: Mapped[str] = mapped_column(String(LENGTHS["need"]))
    team: Mapped[str] = mapped_column(String(LENGTHS["team"]))
    public: Mapped[str] = mapped_column(String(LENGTHS["public"]))
    quote: Mapped[str] = mapped_column(String(LENGTHS["quote"]))
    learning: Mapped[str] = mapped_column(String(LENGTHS["learning"]))
    difficulties: Mapped[str] = mapped_column(String(LENGTHS["difficulties"]))
    next: Mapped[str] = mapped_column(String(LENGTHS["next"]))
    means: Mapped[str] = mapped_column(String(LENGTHS["means"]))
    people: Mapped[int | None]  # different people, from the association's own list
    budget: Mapped[int | None]  # whole euros
    volunteer_hours: Mapped[int | None]
