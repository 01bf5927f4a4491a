"""When a group of the story meets: every week or every other one, never in the school holidays.

The holidays are about where French ones are, whatever the year: close enough for a story, no calendar to plan by.
"""

from __future__ import annotations

from datetime import date, timedelta

from wellbeing.demo.happenings import Circle
from wellbeing.domain.calendars import dates_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
AHEAD = 8 * WEEK
# (month, day) of the Saturday on which they begin, or the nearest one; length in days
HOLIDAYS = (((2, 14), 16), ((4, 11), 16), ((7, 4), 58), ((10, 17), 16), ((12, 19), 16))


def holidays(first: date, last: date) -> list[tuple[date, date]]:
    """The holidays that touch these dates, oldest first, both ends included."""
    all_of_them = [
        (begins := _saturday_near(date(year, *day)), begins + (length - 1) * DAY)
        for year in range(first.year - 1, last.year + 1)
        for day, length in HOLIDAYS
    ]
    return [(begins, ends) for begins, ends in all_of_them if begins <= last and ends >= first]


def on_holiday(day: date) -> bool:
    return bool(holidays(day, day))


def terms(circle: Circle, first: date, last: date) -> list[list[date]]:
    """The dates on which the group meets, parted by the holidays; both ends included, empty terms left out."""
    found, begins = [], first
    for starts, ends in [*holidays(first, last), (last + DAY, last + DAY)]:
        first_date = begins + (circle.weekday - begins.weekday()) % 7 * DAY
        if first_date < starts:
            found.append(dates_of(first_date, circle.repeat, starts - DAY))
        begins = ends + DAY
    return found


def _saturday_near(day: date) -> date:
    after = (5 - day.weekday()) % 7
    return day + (after if after <= 3 else after - 7) * DAY
