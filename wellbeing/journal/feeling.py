"""What a person says of one moment, checked: the value that a form makes and that an operation keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wellbeing.domain.days import DAY_START, has_come, noon_of, read_day, read_felt_at, today_in
from wellbeing.domain.moods import is_low
from wellbeing.domain.refusals import DayNotYetHere, ImpossibleDate

CLOCKS_DIFFER = timedelta(hours=1)  # a phone's clock may run ahead of ours


@dataclass(frozen=True)
class Feeling:
    """A mood from 1 to 5 and what was said beside it.

    `felt_at` is aware and keeps the offset of its place; None is now, or, in a change, the moment it already has.
    `note` None leaves the words alone; an empty one removes them.
    """

    mood: int
    energy: int | None = None
    calm: int | None = None
    emotions: tuple[str, ...] = ()
    felt_at: datetime | None = None
    note: str | None = field(default=None, repr=False)


WEIGHING = frozenset({"emptiness", "discouragement", "loneliness"})


def weighs(mood: int, emotions: Iterable[str]) -> bool:
    """Whether the line that confirms also says, in small, where someone can be talked to."""
    return is_low(mood) or not WEIGHING.isdisjoint(emotions)


def moment_on(day: str, hour: str, zone: ZoneInfo | str) -> datetime:
    """A moment of a journal's day, `2026-11-22`: its noon, or the `18:30` given.

    The day runs from four to four, so an hour of the small night is on the next date of the wall calendar, and the
    note stays on the page where it was written. Raises ImpossibleDate.
    """
    begun = read_day(day)
    if not hour:
        return noon_of(begun, zone)
    try:
        early = time.fromisoformat(hour) < DAY_START
    except (ValueError, TypeError):  # TypeError: an hour with an offset
        raise ImpossibleDate from None
    return read_felt_at(f"{begun + timedelta(days=early)}T{hour}", zone)


def lived(felt_at: datetime, zone: ZoneInfo | str, now: datetime) -> datetime:
    """The moment, if it has come where it was felt or where the person lives. Raises DayNotYetHere.

    A phone may send moments ahead of their time, which wait; a form refuses them, since they are mistakes.
    """
    if not has_come(felt_at, now + CLOCKS_DIFFER, today_in(zone, now)):
        raise DayNotYetHere
    return felt_at


def in_whole_minutes(felt_at: datetime) -> timedelta:
    """The offset as a table keeps it: before 1911 Paris was 9 minutes and 21 seconds ahead of Greenwich."""
    offset = felt_at.utcoffset() or timedelta(0)
    return timedelta(minutes=round(offset.total_seconds() / 60))


def first_of_month(text: str, today: date) -> date:
    """The first day of the month `2026-03`, or of today's month if nothing was asked. Raises ImpossibleDate."""
    return read_day(f"{text}-01") if text else today.replace(day=1)
