"""When a group of the story meets: every week or every other one, but for the school holidays of its zone.

They are the real ones, by the rule that the product itself plans by: so the story knows which dates the product will
write. Where they are not known yet, neither takes a date away.
"""

from __future__ import annotations

from datetime import date, timedelta

from wellbeing.demo.circles import Circle
from wellbeing.domain.seasons import Rhythm, season
from wellbeing.groups import school_holidays

DAY, WEEK = timedelta(days=1), timedelta(days=7)
AHEAD = 8 * WEEK
SCHOOL_ZONE = "B"


def on_holiday(day: date) -> bool:
    return day in school_holidays.of_zone(SCHOOL_ZONE).off


def first_date(circle: Circle, opens: date) -> date:
    """The first of the group's weekday, holiday or not: where its season begins."""
    return opens + (circle.weekday - opens.weekday()) % 7 * DAY


def dates(circle: Circle, opens: date, last: date) -> list[date]:
    """The dates on which the group meets, both ends included."""
    return season(Rhythm(first_date(circle, opens), circle.repeat, last), on_holiday).planned
