"""The thread once more, written from the prose of its rules and from nothing else: slow, by days and by strings.

It shares no logic with `wellbeing/domain`: weeks are found by `isocalendar`, threads by splitting a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

ISOWeek = tuple[int, int]


@dataclass
class Life:
    """What somebody did, day by day."""

    signed_up: date
    moods: list[tuple[date, date]] = field(default_factory=list)  # local date, date on which it was first recorded
    workshops: list[tuple[date, bool]] = field(default_factory=list)  # attended: date, cancelled?
    paces: list[tuple[date, int]] = field(default_factory=list)  # day of the choice, days a week
    pauses: list[tuple[date, date | None]] = field(default_factory=list)  # first day, last day
    groups: list[tuple[date, date | None, list[tuple[date, bool]]]] = field(default_factory=list)  # …, date, cancelled?


@dataclass
class Seen:
    thread: int | None
    longest: int
    kept_in_all: int
    state: str
    regularity: tuple[int, int] | None
    unbroken: bool
    gap: int
    past: list[int]


def naive_streak(life: Life, today: date) -> Seen:
    letters = "".join(letter(life, week) for week in weeks_until(life, today))
    current = letters[-1]
    return count(letters if current == "K" else letters[:-1])


def weeks_until(life: Life, today: date) -> list[list[date]]:
    """Every week as its seven days, from the first day of which anything is known."""
    known = [life.signed_up, *(day for day, _ in life.moods), *(day for day, _ in life.workshops)]
    day, weeks = min(known) - timedelta(7), dict[ISOWeek, list[date]]()
    while day <= today + timedelta(7):
        weeks.setdefault(day.isocalendar()[:2], []).append(day)
        day += timedelta(1)
    return [days for week, days in weeks.items() if len(days) == 7 and week <= today.isocalendar()[:2]]


def letter(life: Life, week: list[date]) -> str:
    """4, 5, 6."""
    if any(day in week and not cancelled for day, cancelled in life.workshops):
        return "K"
    if len({day for day, recorded in life.moods if day in week and (recorded - day).days <= 7}) >= pace(life, week):
        return "K"
    if life.signed_up in week:
        return "N"
    if any(first <= day and (last is None or day <= last) for first, last in life.pauses for day in week):
        return "N"
    mine = [
        held for since, until, held in life.groups if any(since <= d and (until is None or d <= until) for d in week)
    ]
    if mine and not any(day in week and not cancelled for held in mine for day, cancelled in held):
        return "N"
    return "M"


def pace(life: Life, week: list[date]) -> int:
    """A change takes effect the week after the one in which it was chosen."""
    goal = 3
    for chosen, days in life.paces:
        if chosen < week[0]:
            goal = days
    return goal


def count(letters: Iterable[str]) -> Seen:
    """7, 8, 9, 10, on letters K, M, N, oldest first, the open week only if it is kept."""
    counted = "".join(letters).replace("N", "").lstrip("M")
    threads = [piece.count("K") for piece in re.split("M{5,}", counted) if "K" in piece]
    gap = len(counted) - len(counted.rstrip("M"))
    if not threads:
        return Seen(None, 0, 0, "new", None, False, 0, [])
    state = ["held", "resting", "resting", "waiting", "waiting"][gap] if gap < 5 else "archived"
    running = state != "archived"
    last_eight = counted[-8:]
    return Seen(
        thread=threads[-1] if running else None,
        longest=max(threads),
        kept_in_all=counted.count("K"),
        state=state,
        regularity=(last_eight.count("K"), len(last_eight)),
        unbroken=running and "M" not in re.split("M{5,}", counted)[-1],
        gap=gap,
        past=threads[:-1] if running else threads,
    )
