"""A month as its page shows it: one mood a day, weeks from Monday, and the sentence above."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.moods import day_mood


@dataclass(frozen=True)
class Day:
    """One square: how many notes, and the one mood they come to (None without a note)."""

    date: date
    notes: int
    mood: int | None


@dataclass(frozen=True)
class Month:
    """`weeks` hold seven squares each, None outside the month. `usual` is the mood of most days, None without any."""

    first: date
    weeks: Sequence[Sequence[Day | None]]
    days_noted: int
    usual: int | None

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def month_of(first: date, moods: Mapping[date, Sequence[int]]) -> Month:
    """The month that begins on `first`, from the moods of its local dates."""
    weeks = [
        [_day(day, moods.get(day, ())) if day.month == first.month else None for day in week]
        for week in calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    ]
    noted = [day for week in weeks for day in week if day is not None and day.mood is not None]
    return Month(first, weeks, len(noted), usual([day.mood for day in noted if day.mood is not None]))


def last_of(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def usual(moods: Sequence[int]) -> int | None:
    """The mood of most days; of several, the one that came last."""
    if not moods:
        return None
    often = Counter(moods)
    return next(mood for mood in reversed(moods) if often[mood] == max(often.values()))


def _day(day: date, moods: Sequence[int]) -> Day:
    return Day(day, len(moods), day_mood(moods) if moods else None)
