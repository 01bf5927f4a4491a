"""A season worked out apart from the product: the ministry’s calendar line by line, and clocks by the law’s own rule.

It shares nothing with the code it judges: no `SchoolHolidayDates`, no `zoneinfo`, no arithmetic on weeks.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

DAY = timedelta(days=1)


@cache
def lines() -> dict[date, dict[str, str]]:
    table = files("vacances_scolaires_france") / "data" / "data.csv"
    with table.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row for row in csv.DictReader(file)}


def without_school(day: date, zone: str) -> bool:
    """By the library's lines, but for the day on which pupils leave after class: the first line of its holidays."""
    column = f"vacances_zone_{zone.lower()}"
    today, eve = lines().get(day), lines().get(day - DAY)
    if today is None or today[column] != "True":
        return False
    first = eve is None or eve[column] != "True"
    return not first or "Pont" in today["nom_vacances"]


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= DAY
    return day


def in_utc(day: date, hour: int, minute: int) -> datetime:
    """An hour of the day in Paris, at which no clock changes: two hours ahead from March to October, else one."""
    summer = last_sunday(day.year, 3) <= day < last_sunday(day.year, 10)
    return datetime(day.year, day.month, day.day, hour, minute) - timedelta(hours=2 if summer else 1)  # noqa: DTZ001


def season(first: date, until: date, zone: str, every: int = 7, hour: int = 18, minute: int = 30) -> list[datetime]:
    """The starts of workshops held every so many days, in UTC, without a zone."""
    found, day, waited = [], first, 0
    while day <= until:
        if waited == 0 and not without_school(day, zone):
            found.append(in_utc(day, hour, minute))
        waited = (waited + 1) % every
        day += DAY
    return found
