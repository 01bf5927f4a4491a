"""What notes come to, once more, written from the prose of their rules and from nothing else: lists, sorted and cut.

It shares no logic with `wellbeing/domain`: middles are found by taking both ends away, weeks by `isocalendar`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

Sides = tuple[int, int, int]  # weeks, days, level in the middle


def naive_middle(values: Iterable[Fraction | int]) -> Fraction:
    left = sorted(Fraction(value) for value in values)
    while len(left) > 2:
        left = left[1:-1]
    return sum(left, Fraction(0)) / len(left)


def naive_level(value: Fraction) -> int:
    """The nearest one; half-way, the one closer to « moyen »."""
    below = int(value)
    rest = value - below
    if rest == Fraction(1, 2):
        return below + 1 if below < 3 else below
    return below + (rest > Fraction(1, 2))


def naive_way(pairs: list[tuple[int, int]]) -> str | None:
    if len(pairs) < 3:
        return None
    middle = naive_middle([after - before for before, after in pairs])
    return "up" if 2 * middle >= 1 else "down" if 2 * middle <= -1 else "same"


def naive_sides(moods: list[tuple[date, int]], sessions: list[date], today: date) -> tuple[Sides, Sides] | None:
    """With a session, and without."""
    values: dict[date, Fraction] = {}
    for day in {day for day, _ in moods}:
        of_day = [mood for when, mood in moods if when == day]
        values[day] = Fraction(sum(of_day), len(of_day))
    met = {day.isocalendar()[:2] for day in sessions}
    past = [day for day in values if day.isocalendar()[:2] < today.isocalendar()[:2]]
    found = []
    for side in (True, False):
        days = [day for day in past if (day.isocalendar()[:2] in met) is side]
        weeks = {day.isocalendar()[:2] for day in days}
        if len(weeks) < 3:
            return None
        found.append((len(weeks), len(days), naive_level(naive_middle(values[day] for day in days))))
    return found[0], found[1]


def naive_lately(moods: list[tuple[date, int]], today: date) -> list[int | None]:
    """The level in the middle of each of the last twelve weeks, None for those without a note."""
    weeks = [(today - timedelta(weeks=back)).isocalendar()[:2] for back in range(11, -1, -1)]
    found: list[int | None] = []
    for week in weeks:
        days = {day for day, _ in moods if day.isocalendar()[:2] == week and day <= today}
        means = [Fraction(sum(of), len(of)) for of in ([m for when, m in moods if when == day] for day in days)]
        found.append(naive_level(naive_middle(means)) if means else None)
    return found
