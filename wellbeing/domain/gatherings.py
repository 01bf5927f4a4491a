"""The story of a group, from the dates on which it met and from nothing else: how many weeks, and in which seasons.

A season is what associations call one: from the first of August to the end of July, named after both its years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wellbeing.domain.days import monday_of

AUGUST = 8


@dataclass(frozen=True)
class Season:
    """The weeks in which a group met from one summer to the next; `year` is the one in which the season begins."""

    year: int
    weeks: int
    first: date
    last: date


@dataclass(frozen=True)
class Story:
    """All the weeks in which a group met, and its seasons, oldest first. A week counts once, however often they met."""

    weeks: int
    seasons: tuple[Season, ...]

    @property
    def first(self) -> date:
        return self.seasons[0].first


def story_of(held: Iterable[date]) -> Story | None:
    """The story that these dates tell, in whatever order they come; None before the first one."""
    days = sorted(set(held))
    if not days:
        return None
    seasons = tuple(_season(year, list(of)) for year, of in groupby(days, key=season_of))
    return Story(_weeks(days), seasons)


def season_of(day: date) -> int:
    """The year in which the season of this day began."""
    return day.year if day.month >= AUGUST else day.year - 1


def _season(year: int, days: list[date]) -> Season:
    return Season(year, _weeks(days), days[0], days[-1])


def _weeks(days: Iterable[date]) -> int:
    return len(set(map(monday_of, days)))
