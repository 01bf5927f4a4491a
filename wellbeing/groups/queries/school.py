"""The school holidays of one group: those of its zone, or those its team typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.groups import school_holidays
from wellbeing.groups.school_holidays import DAY, SchoolHolidays
from wellbeing.models.group import Group
from wellbeing.models.holiday_range import HolidayRange


def holidays_of(group: Group) -> SchoolHolidays:
    if group.holiday_zone == "none":
        return school_holidays.NONE
    if group.holiday_zone in school_holidays.ZONES:
        return school_holidays.of_zone(group.holiday_zone)
    return school_holidays.of_ranges((one.leaves_on, one.returns_on) for one in ranges_of(group))


def holidays_until(group: Group, monday: date) -> date | None:
    """The last day of the school holidays that hold a weekday of this week; None when there are none, or none known."""
    off = holidays_of(group).off
    last = next((day for n in range(5) if (day := monday + n * DAY) in off), None)
    while last is not None and last + DAY in off:
        last += DAY
    return last


def unknown_after(group: Group, days: Iterable[date]) -> date | None:
    """The day after which the holidays of the group are unknown, if one of these days is later; `date.min` when
    nothing at all is known.
    """
    known_until = holidays_of(group).known_until
    return known_until if max(days, default=date.min) > known_until else None


def ranges_of(group: Group) -> list[HolidayRange]:
    """The earliest first."""
    return list(
        db.session.scalars(
            select(HolidayRange).where(HolidayRange.group_id == group.id).order_by(HolidayRange.leaves_on)
        )
    )
