"""The dates on which a group meets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wellbeing.domain.refusals import EndsBeforeStart, SeasonTooLong, SeasonWithoutEnd, UnknownRepeat
from wellbeing.domain.zones import zone_of

REPEATS = ("none", "weekly", "fortnightly", "monthly")
LONGEST_SEASON = timedelta(days=2 * 366)
FIFTH = 5


def dates_of(starts_on: date, repeat: str, until: date | None = None) -> list[date]:
    """The dates of a season, the first one always among them, none after `until`.

    `none` is one date and looks at no end. `monthly` is the same weekday of the month as the first date: the third
    Tuesday; a fifth one is taken as the last, since every month has one. Raises `UnknownRepeat`, `SeasonWithoutEnd`,
    `EndsBeforeStart`, or `SeasonTooLong` beyond two years, which also bounds how many dates there can be.
    """
    if repeat not in REPEATS:
        raise UnknownRepeat
    if repeat == "none":
        return [starts_on]
    if until is None:
        raise SeasonWithoutEnd
    if until < starts_on:
        raise EndsBeforeStart
    if until - starts_on > LONGEST_SEASON:
        raise SeasonTooLong
    if repeat == "monthly":
        return [day for day in _monthly(starts_on, until) if day <= until]
    step = timedelta(days=7 if repeat == "weekly" else 14)
    return [starts_on + n * step for n in range((until - starts_on) // step + 1)]


def starts_at(day: date, at: time, zone: ZoneInfo | str) -> datetime:
    """The instant, in UTC, of an hour on a group's clock, so that a workshop keeps its hour when the clocks change.

    An hour that is there twice is the first one; an hour that the clocks skip is as much later: 02:30 becomes 03:30.
    """
    return datetime.combine(day, at, zone_of(zone)).astimezone(UTC)


def _monthly(starts_on: date, until: date) -> Iterator[date]:
    nth = (starts_on.day - 1) // 7 + 1
    year, month = starts_on.year, starts_on.month
    while date(year, month, 1) <= until:
        yield _nth_weekday(year, month, starts_on.weekday(), nth)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first_weekday, length = monthrange(year, month)
    day = 1 + (weekday - first_weekday) % 7 + 7 * (nth - 1)
    return date(year, month, day - 7 if nth == FIFTH and day > length else day)
