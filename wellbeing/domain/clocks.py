"""When the clocks of a zone change, for programs that are told of a zone instead of knowing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from wellbeing.domain.zones import zone_of

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True)
class Span:
    """How a zone reads from an instant on: `begins` is that instant on the wall clock as it stood until then.

    `ahead` of the lowest offset of those years: what is called summer time, whichever half of the year the zone's own
    law calls the exception.
    """

    begins: datetime
    before: timedelta
    offset: timedelta
    name: str
    ahead: bool


@cache
def spans(zone: str, first_year: int, last_year: int) -> tuple[Span, ...]:
    """The spans of these whole years, in order, a day more on either side. Offsets are from UTC."""
    rules = zone_of(zone)
    day, last = datetime(first_year, 1, 1, tzinfo=UTC) - DAY, datetime(last_year + 1, 1, 1, tzinfo=UTC) + DAY
    begins = [day]
    while day < last:
        if _offset(day, rules) != _offset(day + DAY, rules):
            begins.append(_change(day, day + DAY, rules))
        day += DAY
    lowest = min(_offset(instant, rules) for instant in begins)
    found = []
    for instant in begins:
        before, offset = _offset(instant - SECOND, rules), _offset(instant, rules)
        name = instant.astimezone(rules).tzname() or zone
        found.append(Span(instant.replace(tzinfo=None) + before, before, offset, name, offset > lowest))
    return tuple(found)


def _change(before: datetime, after: datetime, rules: ZoneInfo) -> datetime:
    """The first second of the new offset, between two instants that read the clock differently."""
    old = _offset(before, rules)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        before, after = (middle, after) if _offset(middle, rules) == old else (before, middle)
    return after


def _offset(instant: datetime, rules: ZoneInfo) -> timedelta:
    return instant.astimezone(rules).utcoffset() or timedelta(0)
