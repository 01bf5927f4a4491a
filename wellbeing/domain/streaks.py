"""A streak counts the weeks a person kept, and forgives the ones they could not (`streak.md`, rules 7 to 10).

Return beats continuity, the open week can only help, and resting is silent. Pure: the same weeks always make the same
thread, whatever the order in which they arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from wellbeing.domain.days import monday_of
from wellbeing.domain.weeks import Week

FORGIVEN = 4  # missed weeks after which a thread still goes on
SILENT = 2  # missed weeks of which nothing is said
REGULARITY = 8  # weeks that regularity looks back on


class State(StrEnum):
    """How the thread stands today (rule 8)."""

    NEW = "new"
    HELD = "held"
    RESTING = "resting"
    WAITING = "waiting"
    ARCHIVED = "archived"


class Turn(StrEnum):
    """What keeping the current week has just done, so that the page can say it once (`copy.md` 5.7)."""

    FIRST = "first"
    GROWN = "grown"
    BACK = "back"
    BACK_LONG = "back_long"
    ANEW = "anew"


@dataclass(frozen=True)
class Thread:
    """Kept weeks that held together: the Mondays of the first and the last, and how many."""

    first: date
    last: date
    count: int


@dataclass(frozen=True)
class Regularity:
    """`kept` weeks of the last `of` that count, eight at most; `of` is at least 1, and `kept` may have come to 0."""

    kept: int
    of: int


@dataclass(frozen=True)
class Streak:
    """The thread on one day.

    `count` is 0 when no thread is running (new, archived): then no number is shown. `longest` and `kept_in_all` never
    fall while data stay. `threads` are past ones, oldest first, and hold the archived one. `regularity` is None before
    the first kept week. `unbroken`: no missed week since the thread began. `gap`: missed weeks since the last kept one.
    `turn` is None unless the current week is kept.
    """

    count: int
    longest: int
    kept_in_all: int
    state: State
    regularity: Regularity | None
    unbroken: bool
    gap: int
    threads: tuple[Thread, ...]
    turn: Turn | None


def streak_on(today: date, weeks: Iterable[Week]) -> Streak:
    """The thread on a local date, from all the weeks of a person as `weeks_of` makes them: none left out, any order.

    Weeks after today's are not looked at; today's counts only if it is kept (rule 6).
    """
    current = monday_of(today)
    past = sorted(week for week in weeks if week.monday < current or (week.monday == current and week.kept))
    folded = _fold(past)
    running = folded.threads[-1] if folded.threads and folded.gap <= FORGIVEN else None
    kept_now = bool(past) and past[-1].monday == current
    return Streak(
        count=running.count if running else 0,
        longest=max((thread.count for thread in folded.threads), default=0),
        kept_in_all=sum(thread.count for thread in folded.threads),
        state=_state(folded),
        regularity=_regularity(past),
        unbroken=running is not None and not folded.missed,
        gap=folded.gap,
        threads=tuple(folded.threads[:-1] if running else folded.threads),
        turn=_turn(folded) if kept_now else None,
    )


@dataclass
class _Folded:
    """Threads so far, the last one perhaps running; missed weeks since the last kept one, and before it; and whether
    the last thread holds a missed week.
    """

    threads: list[Thread]
    gap: int = 0
    gap_before: int = 0
    missed: bool = False


def _fold(past: Sequence[Week]) -> _Folded:
    """Rule 7, oldest week first. Before the first kept week nothing can be missed.

    One value a thread is made, not one a week: ten years are folded at every look at the page.
    """
    folded = _Folded([])
    first = last = date.min
    count = gap = 0
    for week in past:
        if week.kept:
            if count and gap > FORGIVEN:
                folded.threads.append(Thread(first, last, count))
                count, folded.missed = 0, False
            first, last = (first if count else week.monday), week.monday
            count += 1
            folded.gap_before, gap = gap, 0
        elif count and not week.neutral:
            gap += 1
            folded.missed = True
    if count:
        folded.threads.append(Thread(first, last, count))
    folded.gap = gap
    return folded


def _state(folded: _Folded) -> State:
    if not folded.threads:
        return State.NEW
    if folded.gap == 0:
        return State.HELD
    if folded.gap <= SILENT:
        return State.RESTING
    return State.WAITING if folded.gap <= FORGIVEN else State.ARCHIVED


def _regularity(past: Sequence[Week]) -> Regularity | None:
    """Rule 9: the weeks that count, from the first kept one on, eight at most."""
    began = next((place for place, week in enumerate(past) if week.kept), None)
    if began is None:
        return None
    latest_first = (week for week in reversed(past[began:]) if not week.neutral)
    window = [week.kept for week in islice(latest_first, REGULARITY)]
    return Regularity(sum(window), len(window))


def _turn(folded: _Folded) -> Turn:
    if folded.gap_before > FORGIVEN:
        return Turn.ANEW
    if folded.gap_before > SILENT:
        return Turn.BACK_LONG
    if folded.gap_before > 0:
        return Turn.BACK
    first = len(folded.threads) == 1 and folded.threads[0].count == 1
    return Turn.FIRST if first else Turn.GROWN
