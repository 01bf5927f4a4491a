"""What a person wishes to be reminded of, when to look at it next, and on which days something was sent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Reminder(Model):
    """At most one each, for those who agreed to reminders."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("hour BETWEEN 9 AND 20", name="never_at_night"),
        CheckConstraint("unanswered BETWEEN 0 AND 3", name="three_at_most"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[int]
    days: Mapped[str] = mapped_column(String(7))  # ISO weekdays, as `135`
    workshops: Mapped[bool]  # the next workshop
    keepsake: Mapped[bool]  # the day before it, what was taken away from the last one
    news: Mapped[bool]  # a date cancelled or changed
    next_at: Mapped[datetime | None] = mapped_column(Instant, index=True)  # empty while no device could show anything
    asked_on: Mapped[date | None]
    unanswered: Mapped[int] = mapped_column(default=0)
    silent_until: Mapped[date | None]


class Sent(Model):
    """A day on which something was sent, and therefore nothing else is."""

    __tablename__ = "reminder_sent"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    on_day: Mapped[date] = mapped_column(primary_key=True, index=True)  # where the person was


class DateNews(Model):
    """A date of their groups that was cancelled or changed, of which this person has not been told yet."""

    __tablename__ = "date_news"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class DateSeen(Model):
    """The revision of a date that has been spread as news. A date that never changed has none."""

    __tablename__ = "date_seen"

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    revision: Mapped[int]
