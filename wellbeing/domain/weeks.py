"""A week of a person is kept, neutral or missed (`streak.md`, rules 3 to 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
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


def weeks_of(facts: Facts, today: date) -> list[Week]:
    """Every week from the first that can matter (sign-up, or a kept week before it) to today's, oldest first."""
    current = monday_of(today)
    first = min([monday_of(facts.signed_up_on), *facts.workshops, *facts.days])
    rests = _rests(facts, first, current)
    goals = iter(sorted(facts.paces))
    goal, following = USUAL_PACE, next(goals, None)
    weeks, monday = [], first
    while monday <= current:
        while following is not None and following[0] <= monday:
            goal, following = following[1], next(goals, None)
        days, workshops = facts.days.get(monday, 0), facts.workshops.get(monday, 0)
        weeks.append(Week(monday, days, workshops, goal, rests.get(monday)))
        monday += WEEK
    return weeks


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
        span = set(_mondays(group.since, group.until, first, last))
        belongs |= span
        met |= span & group.held
    rests = dict.fromkeys(belongs - met, Rest.NO_WORKSHOP)
    rests[monday_of(facts.signed_up_on)] = Rest.SIGN_UP
    for since, until in facts.pauses:
        rests.update(dict.fromkeys(_mondays(since, until, first, last), Rest.PAUSE))
    return rests


def _mondays(since: date, until: date | None, first: date, last: date) -> Iterator[date]:
    """The weeks between `first` and `last` that hold at least one day of a span."""
    end = last if until is None else min(monday_of(until), last)
    if until is not None and until < since:
        return
    monday = max(monday_of(since), first)
    while monday <= end:
        yield monday
        monday += WEEK
