"""The weeks of an ISO year, as one digit a week: ten years of a life are read as ten short texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

LONGEST = 53  # weeks
NOTHING = "0" * LONGEST


def place_of(monday: date) -> tuple[int, int]:
    """The ISO year that a week belongs to, and its place in it, from 0."""
    year, week, _ = monday.isocalendar()
    return year, week - 1


def with_digit(digits: str, place: int, digit: int) -> str:
    """The year once more, with another digit (0 to 9) for one week."""
    return f"{digits[:place]}{digit:d}{digits[place + 1 :]}"


def read(year: int, digits: str) -> Iterator[tuple[date, int]]:
    """Each week's Monday and its digit, in order."""
    return zip(mondays_of(year), map(int, digits), strict=False)


def total_before(year: int, digits: str, monday: date) -> int:
    """The sum of the digits of the weeks before a Monday, be it in this year, after it or before it."""
    number, place = place_of(monday)
    before = digits[: place if year == number else LONGEST if year < number else 0]
    return sum(digit * before.count(str(digit)) for digit in range(1, 10))


@lru_cache(maxsize=256)
def mondays_of(year: int) -> tuple[date, ...]:
    """The Mondays of the 52 or 53 weeks of an ISO year; the first may fall in December."""
    first = date.fromisocalendar(year, 1, 1)
    weeks = date(year, 12, 28).isocalendar().week  # that day is always in the last week
    return tuple(first + timedelta(weeks=place) for place in range(weeks))
