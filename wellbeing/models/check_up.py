"""One check-up of one person: which questions, on which day, and the answers, encrypted like a note."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.db import Model


class CheckUp(Model):
    """`answers` is a box of the vault, bound to the person and to this row's uid."""

    __tablename__ = "check_up"
    __table_args__ = (
        UniqueConstraint("person_id", "uid"),
        UniqueConstraint("person_id", "instrument", "taken_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(32))  # the op_id that made it; unique per person, never globally
    instrument: Mapped[str] = mapped_column(String(32))
    version: Mapped[str] = mapped_column(String(16))
    taken_on: Mapped[date]  # the person's own date then
    answers: Mapped[bytes] = mapped_column(LargeBinary)


class CheckUpWish(Model):
    """Whether a person wants this set of questions, and from which day on it is asked: later after « Je passe »."""

    __tablename__ = "check_up_wish"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    instrument: Mapped[str] = mapped_column(String(32), primary_key=True)
    wanted: Mapped[bool]
    from_day: Mapped[date]
