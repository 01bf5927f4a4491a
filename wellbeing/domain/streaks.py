"""A streak counts the weeks a person kept, and forgives the ones they could not (docs/thread.md, rules 7 to 10).

Return beats continuity, the open week can only help, and resting is silent. Which weeks rest, for a pause among other
reasons, is told in `weeks.py`. Pure: the same weeks always make the same thread, whatever the order in which they
arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wellbeing.domain.days import monday_of
from wellbeing.domain.weeks import KEPT, MISSED, NEUTRAL, WEEK, Weeks

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
    """What keeping the current week has just done, so that the page can say it once."""

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


def streak_on(today: date, weeks: Weeks) -> Streak:
    """The thread on a local date, from all the weeks of a person as `weeks_of` makes them, none left out.

    Weeks after today's are not looked at; today's counts only if it is kept (rule 6).
    """
    current = (monday_of(today) - weeks.first) // WEEK  # its place among them
    kept_now = weeks.standings[current : current + 1] == bytes([KEPT])
    past = weeks.standings[: current + kept_now]
    folded = _fold(past)
    threads = tuple(Thread(weeks.monday(first), weeks.monday(last), count) for first, last, count in folded.threads)
    running = threads[-1] if threads and folded.gap <= FORGIVEN else None
    return Streak(
        count=running.count if running else 0,
        longest=max((thread.count for thread in threads), default=0),
        kept_in_all=past.count(KEPT),
        state=_state(folded),
        regularity=_regularity(past),
        unbroken=running is not None and not folded.missed,
        gap=folded.gap,
        threads=threads[:-1] if running else threads,
        turn=_turn(folded) if kept_now else None,
    )


@dataclass
class _Folded:
    """Threads so far as the places of their first and last weeks and their kept weeks, the last one perhaps running;
    missed weeks since the last kept one, and before it; and whether the last thread holds a missed week.
    """

    threads: list[tuple[int, int, int]]
    gap: int = 0
    gap_before: int = 0
    missed: bool = False


def _fold(past: bytes) -> _Folded:
    """Rule 7, oldest week first. Before the first kept week nothing can be missed."""
    folded = _Folded([])
    first = last = count = gap = 0
    for place, standing in enumerate(past):
        if standing == KEPT:
            if count and gap > FORGIVEN:
                folded.threads.append((first, last, count))
                count, folded.missed = 0, False
            first, last = (first if count else place), place
            count += 1
            folded.gap_before, gap = gap, 0
        elif count and standing == MISSED:
            gap += 1
            folded.missed = True
    if count:
        folded.threads.append((first, last, count))
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


def _regularity(past: bytes) -> Regularity | None:
    """Rule 9: the weeks that count, from the first kept one on, eight at most."""
    began = past.find(KEPT)
    if began < 0:
        return None
    window = past[began:].replace(bytes([NEUTRAL]), b"")[-REGULARITY:]
    return Regularity(window.count(KEPT), len(window))


def _turn(folded: _Folded) -> Turn:
    if folded.gap_before > FORGIVEN:
        return Turn.ANEW
    if folded.gap_before > SILENT:
        return Turn.BACK_LONG
    if folded.gap_before > 0:
        return Turn.BACK
    first = [count for _, _, count in folded.threads] == [1]
    return Turn.FIRST if first else Turn.GROWN
