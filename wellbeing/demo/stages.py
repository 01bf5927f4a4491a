"""Two week-end stages of one group: one that is over, with somebody who was there, and one to come.

Each is one workshop of two slots: one headcount, one « J’y étais », one after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from wellbeing.demo.circles import Circle
from wellbeing.demo.happenings import Counts, Happening, PlansStage, Speaks, WasThere
from wellbeing.demo.terms import AHEAD, DAY, WEEK, on_holiday
from wellbeing.domain.calendars import starts_at

SATURDAY = 5
SATURDAYS, SUNDAYS = (time(10), 420), (time(10), 360)
HOUR = timedelta(hours=1)


def stages(
    circle: Circle, held: Sequence[date], title: str, who: str, now: datetime, today: date, zone: str
) -> Iterator[Happening]:
    """Of a group that met on the dates `held`, to which `who` comes. None over when it has met for too short a time."""
    if coming := next((day for day in _saturdays(today + 2 * WEEK) if day <= today + AHEAD - WEEK), None):
        yield _planned(circle, title, coming, now - HOUR / 2)
    if not held or not (over := next((day for day in _saturdays(held[0] + DAY) if day < today - WEEK), None)):
        return
    yield _planned(circle, title, over, starts_at(held[0], time(12), zone))
    ended = starts_at(over + DAY, time(16), zone)
    yield Counts(at=ended + HOUR / 6, group=circle.name, day=over, present=14, without_phone=2, newcomers=3)
    yield WasThere(at=ended + HOUR / 3, who=who, group=circle.name, day=over, by_code=True)
    said = (("mood", 5), ("calm", 4), ("interaction", 5), ("cooperation", 5), ("safety", 4), ("return", 5))
    yield Speaks(at=ended + HOUR, who=who, group=circle.name, day=over, part="after", answers=said, keepsake="")


def _saturdays(since: date) -> Iterator[date]:
    """Those on which the group may meet for two days, from this date on."""
    day = since + (SATURDAY - since.weekday()) % 7 * DAY
    for _ in range(26):
        if not on_holiday(day) and not on_holiday(day + DAY):
            yield day
        day += WEEK


def _planned(circle: Circle, title: str, day: date, at: datetime) -> PlansStage:
    return PlansStage(at=at, group=circle.name, title=title, slots=((day, *SATURDAYS), (day + DAY, *SUNDAYS)))
