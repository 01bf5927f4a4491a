"""What a team's own headcounts and a group's published levels say together: nothing else is ever counted.

Two sources and no third: headcounts, which the team declares, and levels, which are frozen, rounded and blurred. Pure
functions of both; each answers None below the threshold from which its figure is shown. Of two middle values the lower
one is taken, and a tie is rounded downwards: a group's benefit is never rounded up. Nobody is followed anywhere here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from wellbeing.domain.crowds import Block
from wellbeing.domain.trends import Published, Withheld

FEW, SOME = 3, 4  # workshops from which sizes, then returns, are shown
Rows = Sequence[tuple[Block, Published | Withheld]]
N = TypeVar("N", int, date)


# --- headcounts -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Count:
    """One workshop that took place, as its team counted it. `first` is the first one the group ever held."""

    day: date
    minutes: int
    present: int
    without_phone: int
    newcomers: int
    first: bool = False


@dataclass(frozen=True)
class Dated:
    """One date of a group: to come, cancelled, or past; `count` when its team counted who came."""

    day: date
    title: str
    cancelled: bool
    past: bool
    count: Count | None


def held(dates: Sequence[Dated]) -> list[Count]:
    """The workshops that took place with a headcount, in order of their dates."""
    return [dated.count for dated in dates if dated.count is not None and not dated.cancelled]


@dataclass(frozen=True)
class Size:
    """How many people come: in the middle, and at the ends."""

    median: int
    smallest: int
    largest: int


def attendances(counts: Sequence[Count]) -> int | None:
    return sum(count.present for count in counts) if counts else None


def newcomers(counts: Sequence[Count]) -> int | None:
    return sum(count.newcomers for count in counts) if counts else None


def hours(counts: Sequence[Count]) -> int | None:
    """Whole hours of workshops held."""
    return _nearest(sum(count.minutes for count in counts), 60) if counts else None


def size(counts: Sequence[Count]) -> Size | None:
    present = [count.present for count in counts]
    return Size(middle(present), min(present), max(present)) if len(counts) >= FEW else None


def no_phone(counts: Sequence[Count]) -> int | None:
    """Per cent of attendances, a whole number."""
    return _share(sum(c.without_phone for c in counts), sum(c.present for c in counts), 100, len(counts) >= FEW)


def regulars_share(counts: Sequence[Count]) -> int | None:
    """Per cent of attendances by people who had come before; the first workshop of the group, where nobody had, is left
    out.
    """
    later = [count for count in counts if not count.first]
    back = sum(count.present - count.newcomers for count in later)
    return _share(back, sum(count.present for count in later), 100, len(counts) >= SOME)


def return_rate(counts: Sequence[Count]) -> int | None:
    """In ten, ten at most: heads that are not new, against the heads of the workshop before, in order of dates. It
    counts heads and follows nobody; a holiday between two workshops changes nothing.
    """
    inorder = sorted(counts, key=lambda count: count.day)
    pairs = list(pairwise(inorder))
    back = sum(now.present - now.newcomers for _, now in pairs)
    rate = _share(back, sum(before.present for before, _ in pairs), 10, len(counts) >= SOME)
    return None if rate is None else min(rate, 10)


def cost(budget: int | None, counts: Sequence[Count]) -> int | None:
    """Whole euros per attendance, of a budget that was typed in."""
    present = attendances(counts)
    return _nearest(budget, present) if budget is not None and present else None


# --- published levels -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """How much can be said: blocks with a figure, of those that are closed."""

    published: int
    closed: int


def published(rows: Rows) -> Told | None:
    return Told(len(_levels(rows)), len(rows)) if rows else None


def middle_level(rows: Rows) -> int | None:
    """Tenths: the median of the published levels."""
    levels = _levels(rows)
    return middle(levels) if levels else None


@dataclass(frozen=True)
class Sides:
    """Published blocks of `lift`: after workshops higher than before, about the same, lower."""

    above: int
    same: int
    below: int


def sides(rows: Rows) -> Sides | None:
    levels = _levels(rows)
    if not levels:
        return None
    return Sides(
        sum(level > 0 for level in levels), sum(level == 0 for level in levels), sum(level < 0 for level in levels)
    )


def directed(rows: Rows) -> bool:
    """Whether there are figures enough to speak of a direction at all."""
    return len(_levels(rows)) >= SOME


def latest(rows: Rows) -> tuple[Block, int] | None:
    """The latest block with a figure, and its level."""
    found = [(block, released.level) for block, released in rows if isinstance(released, Published)]
    return found[-1] if found else None


def within(rows: Rows, first: date, last: date) -> list[tuple[Block, Published | Withheld]]:
    """The rows whose block lies wholly between two days, both included, as they stand."""
    return [(block, released) for block, released in rows if first <= block.start and block.end <= last + timedelta(1)]


# --- numbers ----------------------------------------------------------------------------------------------------------
def middle(values: Sequence[N]) -> N:
    """The median; of two in the middle, the lower."""
    return sorted(values)[(len(values) - 1) // 2]


def _levels(rows: Rows) -> list[int]:
    return [released.level for _, released in rows if isinstance(released, Published)]


def _share(part: int, whole: int, of: int, shown: bool) -> int | None:
    return _nearest(part * of, whole) if shown and whole > 0 else None


def _nearest(part: int, whole: int) -> int:
    """The whole number nearest to part ÷ whole; a tie goes down. Integers only."""
    return (2 * part + whole - 1) // (2 * whole)
