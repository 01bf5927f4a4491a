"""What a person's own notes come to, for that person alone.

Middles are medians, and exact: that of an even number of values is half-way between the two in the middle. Nothing is
said of too little: it takes three sessions of a kind, three weeks on each side, five notes with words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from wellbeing.domain.days import monday_of
from wellbeing.domain.emotions import EMOTIONS, QUADRANTS
from wellbeing.domain.moods import LEVELS, MIDDLE
from wellbeing.domain.weeks import WEEK

Value = int | Fraction
DaysByWeek = Mapping[date, Sequence[Value]]  # by Monday, the values of the days that were noted, in no order

ENOUGH = 3  # sessions of a kind told of before and after; weeks on each side; weeks of a drawing
ENOUGH_WORDS = 5  # notes that hold words
MOST_WORDS = 5
HALF = Fraction(1, 2)
LATELY = 12  # weeks of the last drawing, the running one among them
YEAR = 52  # closed weeks that are looked back on, besides the running one


# --- values -----------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1024)
def day_value(total: int, notes: int) -> Value:
    """The mean of a day's moods, from their sum and their number; a plain number where it is whole, which is faster."""
    return Fraction(total, notes) if total % notes else total // notes


def median(values: Iterable[Value]) -> Fraction:
    """The middle of at least one value. Equal ones are put in order once: fractions are slow, and a year has few."""
    times = Counter(values)
    ordered = [value for value in sorted(times) for _ in range(times[value])]
    if not ordered:
        raise ValueError("nothing has no middle")
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


@lru_cache(maxsize=1024)
def level_of(value: Value) -> int:
    """The level nearest to a value from 1 to 5; of two as near, the one closer to the middle."""
    return min(LEVELS, key=lambda level: (abs(level - value), abs(level - MIDDLE)))


# --- before and after -------------------------------------------------------------------------------------------------
class Way(StrEnum):
    UP = "up"
    SAME = "same"
    DOWN = "down"


@dataclass(frozen=True)
class Change:
    """Sessions told of before and after, `count` of them: how often each level was said, and which way they went."""

    count: int
    way: Way
    before: Mapping[int, int] = field(repr=False)
    after: Mapping[int, int] = field(repr=False)


def change_of(pairs: Mapping[tuple[int, int], int]) -> Change | None:
    """From how many sessions had each pair of levels, before and after; None below three of them.

    It went up or down if the middle of the differences is half a level or more.
    """
    count = sum(pairs.values())
    if count < ENOUGH:
        return None
    differences: Counter[int] = Counter()
    before: Counter[int] = Counter()
    after: Counter[int] = Counter()
    for (first, then), times in pairs.items():
        differences[then - first] += times
        before[first] += times
        after[then] += times
    return Change(count, _way(median(differences.elements())), before, after)


def _way(difference: Fraction) -> Way:
    return Way.UP if difference >= HALF else Way.DOWN if difference <= -HALF else Way.SAME


# --- weeks ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Side:
    """Weeks in which something was noted, how many days came to each level, and the level in the middle."""

    weeks: int
    days: Mapping[int, int] = field(repr=False)
    usual: int = field(repr=False)


@dataclass(frozen=True)
class Week:
    """One week: the days of it that came to each level, the level in the middle (None without any), the sessions."""

    monday: date
    sessions: int
    days: Mapping[int, int] = field(repr=False)
    usual: int | None = field(repr=False)


@dataclass(frozen=True)
class Lately:
    """The last twelve weeks, oldest first, the running one among them; how many hold a note, and the middle of all."""

    weeks: Sequence[Week]
    noted: int
    usual: int = field(repr=False)


def since(today: date) -> date:
    """The Monday from which notes are looked back on: a year of closed weeks, and the running one."""
    return monday_of(today) - YEAR * WEEK


def with_and_without(noted: DaysByWeek, met: Container[date], today: date) -> tuple[Side, Side] | None:
    """Weeks with a session, and those without; `met` holds the Mondays of the former.

    None unless both sides hold three weeks in which something was noted. Only weeks that are over count: until Sunday,
    a week without a session may still have one.
    """
    current = monday_of(today)
    sides: dict[bool, list[Sequence[Value]]] = {True: [], False: []}
    for monday, values in noted.items():
        if monday < current:
            sides[monday in met].append(values)
    if min(map(len, sides.values())) < ENOUGH:
        return None
    return _together(sides[True]), _together(sides[False])


def lately(noted: DaysByWeek, met: Mapping[date, int], today: date) -> Lately | None:
    """`met` says how many sessions each week had. None unless three of the last weeks hold a note."""
    mondays = [monday_of(today) - back * WEEK for back in range(LATELY - 1, -1, -1)]
    held = [noted[monday] for monday in mondays if monday in noted]
    if len(held) < ENOUGH:
        return None
    weeks = [_week(monday, met.get(monday, 0), noted.get(monday, ())) for monday in mondays]
    return Lately(weeks, len(held), level_of(median(chain.from_iterable(held))))


def _together(weeks: Sequence[Sequence[Value]]) -> Side:
    values = list(chain.from_iterable(weeks))
    return Side(len(weeks), _levels(values), level_of(median(values)))


def _week(monday: date, sessions: int, values: Sequence[Value]) -> Week:
    return Week(monday, sessions, _levels(values), level_of(median(values)) if values else None)


def _levels(values: Iterable[Value]) -> Mapping[int, int]:
    return Counter(map(level_of, values))


# --- words ------------------------------------------------------------------------------------------------------------
def usual_words(times: Mapping[str, int], notes: int) -> list[tuple[str, int]]:
    """The five words used most, with how often; none below five notes that hold words.

    Of two used as often the pleasant one comes first, as it does where words are offered, then the order of the list.
    """
    if notes < ENOUGH_WORDS:
        return []
    known = [word for word in _IN_ORDER if times.get(word)]
    return [(word, times[word]) for word in sorted(known, key=lambda word: -times[word])[:MOST_WORDS]]


def _by_pleasantness() -> Iterator[str]:
    for pleasant in (1, -1):
        yield from (word for quadrant in QUADRANTS if quadrant.pleasantness == pleasant for word in quadrant.emotions)
    yield from (word for word in EMOTIONS if not any(word in quadrant.emotions for quadrant in QUADRANTS))


_IN_ORDER = tuple(_by_pleasantness())
