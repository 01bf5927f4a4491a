"""A set of questions that a person answers now and then, and the point it gives on their own curve.

No band, no cut-off, no average of others. An item that was skipped has no value: never 0, never the middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

WAITS = timedelta(days=14)  # a check-up that is due waits so long, and then goes until its next date

Answers = Mapping[str, int | None]  # by item; None: skipped


class Scoring(StrEnum):
    """How answers become a point: the one answer itself, their sum times a factor, or their mean."""

    WORD = "word"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True)
class Instrument:
    """One set of questions. `options` are the values an item may take, in the order in which they are offered."""

    id: str
    version: str
    every: timedelta
    items: Sequence[str]
    options: Sequence[int]
    scoring: Scoring
    times: int
    small_change: int

    def point_of(self, answers: Answers) -> Fraction | None:
        """The point of a check-up, None unless every item was answered. Exact: no float."""
        values = [answers.get(item) for item in self.items]
        given = [value for value in values if value is not None]
        return self._made_of(given) if len(given) == len(values) else None

    @property
    def lowest(self) -> Fraction:
        return self._made_of([min(self.options)] * len(self.items))

    @property
    def highest(self) -> Fraction:
        return self._made_of([max(self.options)] * len(self.items))

    def about_the_same(self, one: Fraction, other: Fraction) -> bool:
        """Whether two points are too near to be called different."""
        return abs(one - other) < self.small_change

    def joined(self, earlier: date, later: date) -> bool:
        """Whether two points that follow one another are joined: no planned date between them is empty."""
        return later - earlier < 2 * self.every

    def _made_of(self, values: Sequence[int]) -> Fraction:
        match self.scoring:
            case Scoring.WORD:
                return Fraction(values[0])
            case Scoring.SUM:
                return Fraction(sum(values) * self.times)
            case Scoring.MEAN:
                return Fraction(sum(values), len(values))


def nearest(point: Fraction, options: Sequence[int]) -> tuple[int, int]:
    """The options between which a point falls; twice the same where it is one of them."""
    return max(o for o in options if o <= point), min(o for o in options if o >= point)


@dataclass(frozen=True)
class Calendar:
    """The dates on which a set of questions is planned: the first, then one after each interval."""

    first: date
    every: timedelta

    def is_ready(self, today: date) -> bool:
        """Whether one waits: its date has come, and it is less than fourteen days old."""
        return self.first <= today and (today - self.first) % self.every < WAITS

    def next_after(self, today: date) -> date:
        """The next planned date that is still to come."""
        return self.first + max((today - self.first) // self.every + 1, 0) * self.every


def calendar_of(instrument: Instrument, wanted_from: date, last_taken: date | None) -> Calendar:
    """From the day it was wanted, or one interval after it was last answered, whichever is later."""
    first = wanted_from if last_taken is None else max(wanted_from, last_taken + instrument.every)
    return Calendar(first, instrument.every)
