"""A year as its page shows it: its months side by side, one square a day, and the sentence above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from wellbeing.domain.days import FIRST_DAY
from wellbeing.domain.refusals import ImpossibleDate
from wellbeing.journal.months import Day, Month, month_of, usual

LONGEST_MONTH = 31


@dataclass(frozen=True)
class Year:
    """`rows` are the days of a month, from the 1st to the 31st, with one square a month: None where it has no such day.

    `usual` is the mood of most days, None without any.
    """

    number: int
    months: Sequence[Month]
    rows: Sequence[Sequence[Day | None]]
    days_noted: int
    usual: int | None


def year_of(number: int, moods: Mapping[date, Sequence[int]]) -> Year:
    """The year of that number, from the moods of its local dates. Raises ImpossibleDate if no journal holds it."""
    if not FIRST_DAY.year <= number < date.max.year:
        raise ImpossibleDate
    months = [month_of(date(number, month, 1), moods) for month in range(1, 13)]
    days = [[day for day in chain.from_iterable(month.weeks) if day is not None] for month in months]
    rows = [[month[place] if place < len(month) else None for month in days] for place in range(LONGEST_MONTH)]
    noted = [day.mood for day in chain.from_iterable(days) if day.mood is not None]
    return Year(number, months, rows, len(noted), usual(noted))
