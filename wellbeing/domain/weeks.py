"""A week of a person is kept, neutral or missed (docs/thread.md, rules 3 to 6)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import repeat
from typing import NamedTuple

from wellbeing.domain.days import monday_of
from wellbeing.domain.refusals import UnknownPace

PACES = (1, 2, 3, 5, 7)
USUAL_PACE = 3
WEEK = timedelta(days=7)


class Rest(StrEnum):
    """Why a week that is not kept does not count (rule 5)."""

    PAUSE = "pause"
    SIGN_UP = "sign_up"
    NO_WORKSHOP = "no_workshop"


KEPT, NEUTRAL, MISSED = b"KNM"


class Week(NamedTuple):
    """One ISO week: days with a mood logged in time, workshops attended, the pace of that week, why it may rest."""

    monday: date
    days: int
    workshops: int
    goal: int
    rest: Rest | None

    @property
    def kept(self) -> bool:
        """One workshop, or as many days as the pace says (rule 4)."""
        return self.workshops > 0 or self.days >= self.goal

    @property
    def neutral(self) -> bool:
        """Not kept, and for a reason that does not count against anybody (rule 5)."""
        return self.rest is not None and not self.kept


@dataclass(frozen=True)
class Weeks:
    """Consecutive weeks from a Monday on, oldest first: a column for each thing that is known of them.

    Ten years are 522 weeks, and they are read at every look at the thread: as columns they cost next to nothing, and
    only the few that are shown become a `Week` each.
    """

    first: date
    days: Sequence[int] = ()
    workshops: Sequence[int] = ()
    goals: Sequence[int] = ()
    rests: Sequence[Rest | None] = ()

    def __len__(self) -> int:
        return len(self.days)

    def __iter__(self) -> Iterator[Week]:
        return map(self.week, range(len(self)))

    def week(self, place: int) -> Week:
        """One week; -1 is the last."""
        place %= len(self)
        return Week(self.monday(place), self.days[place], self.workshops[place], self.goals[place], self.rests[place])

    def latest(self, most: int) -> list[Week]:
        """The last weeks, `most` of them if there are as many, oldest first."""
        return [self.week(place) for place in range(max(len(self) - most, 0), len(self))]

    def monday(self, place: int) -> date:
        return self.first + place * WEEK

    @cached_property
    def standings(self) -> bytes:
        """Each week as one of `KEPT`, `NEUTRAL`, `MISSED` (rules 4 to 6)."""
        columns = zip(self.days, self.workshops, self.goals, self.rests, strict=True)
        return bytes(
            [
                KEPT if workshops or days >= goal else NEUTRAL if rest else MISSED
                for days, workshops, goal, rest in columns
            ]
        )


@dataclass(frozen=True)
class Belonging:
    """A membership, both ends included (`until` None: still running), and the Mondays of the weeks in which the group
    held a workshop: one that was not cancelled.
    """

    since: date
    until: date | None
    held: Set[date]


@dataclass(frozen=True)
class Facts:
    """All that a thread is made of. Dates are local dates, weeks are named by their Monday.

    `days`: distinct dates, not ahead of their time, with a mood recorded in time. `workshops`: attended and not
    cancelled. `paces`: from which Monday, how many days. `pauses`: first and last day, both included (None: open).
    """

    signed_up_on: date
    days: Mapping[date, int] = field(default_factory=dict)
    workshops: Mapping[date, int] = field(default_factory=dict)
    paces: Sequence[tuple[date, int]] = ()
    pauses: Sequence[tuple[date, date | None]] = ()
    groups: Sequence[Belonging] = ()


def weeks_of(facts: Facts, today: date) -> Weeks:
    """Every week from the first that can matter (sign-up, or a kept week before it) to today's."""
    current = monday_of(today)
    first = min([monday_of(facts.signed_up_on), *facts.workshops, *facts.days])
    mondays = list(_mondays(first, current))
    return Weeks(
        first,
        days=tuple(map(facts.days.get, mondays, repeat(0))),
        workshops=tuple(map(facts.workshops.get, mondays, repeat(0))),
        goals=_goals(facts.paces, mondays),
        rests=tuple(map(_rests(facts, first, current).get, mondays)),
    )


def _goals(paces: Sequence[tuple[date, int]], mondays: Sequence[date]) -> list[int]:
    """The pace of each of these weeks."""
    goals = [USUAL_PACE] * len(mondays)
    for start, pace in sorted(paces):
        since = bisect_left(mondays, start)
        goals[since:] = [pace] * (len(mondays) - since)
    return goals


def checked_pace(goal: int | str) -> int:
    """A pace from a form. Raises `UnknownPace` unless it is 1, 2, 3, 5 or 7."""
    for pace in PACES:
        if str(goal) == str(pace):
            return pace
    raise UnknownPace


def pace_starts(today: date) -> date:
    """The Monday on which a pace chosen today takes effect: the next one (rule 4)."""
    return monday_of(today) + WEEK


def _rests(facts: Facts, first: date, last: date) -> dict[date, Rest]:
    """Why each week would rest, if it is not kept: a pause first, since a person chose it."""
    belongs: set[date] = set()
    met: set[date] = set()
    for group in facts.groups:
        span = set(_touched(group.since, group.until, first, last))
        belongs |= span
        met |= span & group.held
    rests = dict.fromkeys(belongs - met, Rest.NO_WORKSHOP)
    rests[monday_of(facts.signed_up_on)] = Rest.SIGN_UP
    for since, until in facts.pauses:
        rests.update(dict.fromkeys(_touched(since, until, first, last), Rest.PAUSE))
    return rests


def _touched(since: date, until: date | None, first: date, last: date) -> Iterator[date]:
    """The weeks between `first` and `last` that hold at least one day of a span."""
    if until is not None and until < since:
        return iter(())
    return _mondays(max(monday_of(since), first), last if until is None else min(monday_of(until), last))


def _mondays(first: date, last: date) -> Iterator[date]:
    """From one Monday to another, both included."""
    return map(_day, range(first.toordinal(), last.toordinal() + 1, 7))


# Everybody lives through the same weeks: each date is made, and hashed, once.
_day = lru_cache(maxsize=8192)(date.fromordinal)
