"""One mood, with its instant, its zone and its local date; and the emotion words beside it. Several a day may be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Instant, Model


class Entry(Model):
    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint("mood BETWEEN 1 AND 5", name="mood_in_range"),
        CheckConstraint("energy BETWEEN 1 AND 5", name="energy_in_range"),
        CheckConstraint("calm BETWEEN 1 AND 5", name="calm_in_range"),
        CheckConstraint("offset_minutes BETWEEN -1440 AND 1440", name="offset_in_range"),
        UniqueConstraint("person_id", "uid"),
        Index("entry_person_id_local_date", "person_id", "local_date"),
        Index("entry_person_id_felt_at", "person_id", "felt_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))  # the op_id that made it; unique per person, never globally
    mood: Mapped[int]
    energy: Mapped[int | None]
    calm: Mapped[int | None]
    felt_at: Mapped[datetime] = mapped_column(Instant)
    offset_minutes: Mapped[int]  # of the wall clock then: the time shown stays the real time
    zone: Mapped[str] = mapped_column(String(64))
    local_date: Mapped[date]  # fixed at write time with the 04:00 day start (docs/thread.md, rule 1)
    first_recorded_at: Mapped[datetime] = mapped_column(Instant)
    in_time: Mapped[bool]  # first recorded within 7 days of its date: counts for the thread (rule 11)
    imported: Mapped[bool] = mapped_column(default=False)


class EntryEmotion(Model):
    __tablename__ = "entry_emotion"
    __table_args__ = (
        CheckConstraint("position BETWEEN 1 AND 3", name="three_at_most"),
        UniqueConstraint("person_id", "entry_id", "position"),
        ForeignKeyConstraint(["person_id", "entry_id"], ["entry.person_id", "entry.id"], ondelete="CASCADE"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(primary_key=True)
    emotion: Mapped[str] = mapped_column(String(16), primary_key=True)
    position: Mapped[int]


def hangs_on_entry(table: Any) -> ColumnElement[bool]:
    """That a row of `table`, a note or an emotion, is one of the entry beside it."""
    return and_(table.person_id == Entry.person_id, table.entry_id == Entry.id)


class EntryPast(Model):
    """Numbers an entry had from one device when another, which had not seen them, said others. Kept until chosen."""

    __tablename__ = "entry_past"
    __table_args__ = (
        UniqueConstraint("person_id", "uid"),
        Index("entry_past_person_id_entry_uid", "person_id", "entry_uid"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_uid: Mapped[str] = mapped_column(String(32))
    uid: Mapped[str] = mapped_column(String(32))
    mood: Mapped[int]
    energy: Mapped[int | None]
    calm: Mapped[int | None]
    emotions: Mapped[str] = mapped_column(String(60))  # ids, in the order they were chosen, parted by spaces
    felt_at: Mapped[datetime] = mapped_column(Instant)
    offset_minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    device_id: Mapped[str] = mapped_column(String(36))
    kept_at: Mapped[datetime] = mapped_column(Instant)


class LoggedYear(Model):
    """How many dates of each week of an ISO year hold a mood, one digit a week (`domain/years.py`), kept in the entry's
    own transaction: ten years are ten rows, whatever was noted in them.

    A test holds it equal to what the entries say.
    """

    __tablename__ = "logged_year"
    __table_args__ = (CheckConstraint("length(days) = 53 AND length(days_in_time) = 53", name="whole"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    days: Mapped[str] = mapped_column(String(53))
    days_in_time: Mapped[str] = mapped_column(String(53))
