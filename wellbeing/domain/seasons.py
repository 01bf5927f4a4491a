"""The dates of a season: by a rhythm or from a list, until a day or so many times, without the school holidays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wellbeing.domain.calendars import LONGEST_SEASON, dates_of
from wellbeing.domain.refusals import EndsTwice, ImpossibleTimes, SeasonTooLong

MOST_TIMES = 100
LISTED, ALONE = "dates", ("none", "stage")  # beside the rhythms of `calendars.REPEATS`


@dataclass(frozen=True)
class Rhythm:
    """As a form says it. `also` are the further dates of a list; the first date is always one of them."""

    starts_on: date
    repeat: str
    until: date | None = None
    count: int | None = None
    also: tuple[date, ...] = ()


@dataclass(frozen=True)
class Season:
    """Dates in order. `removed` are those that holidays took, of which each can be put back."""

    planned: list[date]
    removed: list[date]


def season(rhythm: Rhythm, off: Callable[[date], bool]) -> Season:
    """The dates of this rhythm, `off` saying which days are holidays.

    A count is of dates on which the group does meet: holidays make a season end later, not shorter. A date that stands
    alone is never removed: whoever typed that one day meant it.

    Raises EndsTwice, ImpossibleTimes, and what `dates_of` raises; SeasonTooLong too when a count asks for more than two
    years.
    """
    if rhythm.repeat in ALONE:
        return Season([rhythm.starts_on], [])
    if rhythm.repeat == LISTED:
        return _parted(_listed(rhythm), off)
    if rhythm.count is None:
        return _parted(dates_of(rhythm.starts_on, rhythm.repeat, rhythm.until), off)
    return _counted(rhythm, rhythm.count, off)


def _listed(rhythm: Rhythm) -> list[date]:
    days = sorted({rhythm.starts_on, *rhythm.also})
    if len(days) > MOST_TIMES:
        raise ImpossibleTimes(most=MOST_TIMES, field="dates")
    if days[-1] - days[0] > LONGEST_SEASON:
        raise SeasonTooLong(field="dates")
    return days


def _counted(rhythm: Rhythm, count: int, off: Callable[[date], bool]) -> Season:
    if rhythm.until is not None:
        raise EndsTwice
    if not 1 <= count <= MOST_TIMES:
        raise ImpossibleTimes(most=MOST_TIMES)
    far = _parted(dates_of(rhythm.starts_on, rhythm.repeat, rhythm.starts_on + LONGEST_SEASON), off)
    if len(far.planned) < count:
        raise SeasonTooLong(field="count")
    planned = far.planned[:count]
    return Season(planned, [day for day in far.removed if day < planned[-1]])


def _parted(days: list[date], off: Callable[[date], bool]) -> Season:
    return Season([day for day in days if not off(day)], [day for day in days if off(day)])
