"""A stage is one workshop made of several spans of time: one before, one after, one headcount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from wellbeing.domain.calendars import starts_at
from wellbeing.domain.presence import last_day
from wellbeing.domain.refusals import ImpossibleLength, ImpossibleSlot, SlotsOverlap
from wellbeing.domain.zones import zone_of

SHORTEST, LONGEST, LONGEST_SLOT = 5, 5760, 1440  # minutes, as the tables hold them


@dataclass(frozen=True)
class Hours:
    """One span as it is typed: a day and an hour on the group's own clock."""

    day: date
    at: time
    minutes: int


@dataclass(frozen=True, order=True)
class Span:
    """One span as it is kept: an aware start, in UTC, and how long it lasts."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def on_clock(self, zone: ZoneInfo | str) -> tuple[datetime, datetime]:
        """Both ends as a clock of that zone shows them."""
        return self.starts_at.astimezone(zone_of(zone)), self.ends_at.astimezone(zone_of(zone))

    def days(self, zone: ZoneInfo | str) -> tuple[date, date]:
        """The first and the last day of it there: one day, unless it goes on after the night."""
        first = self.starts_at.astimezone(zone_of(zone)).date()
        return first, max(first, last_day(self.ends_at, str(zone)))


class OnItsClock:
    """What says its start in UTC, its minutes and the zone of its group says by that all of when it is."""

    starts_at: datetime
    minutes: int
    zone: str

    @property
    def ends_at(self) -> datetime:
        return Span(self.starts_at, self.minutes).ends_at

    @property
    def starts(self) -> datetime:
        """On the wall clock of the group."""
        return Span(self.starts_at, self.minutes).on_clock(self.zone)[0]

    @property
    def ends(self) -> datetime:
        return Span(self.starts_at, self.minutes).on_clock(self.zone)[1]

    @property
    def last_day(self) -> date:
        """Of a stage of several days; else the day on which it starts. The group's."""
        return Span(self.starts_at, self.minutes).days(self.zone)[1]


@dataclass(frozen=True)
class Timed:
    """When a workshop is: the whole of it and, of a stage, its parts in order; an ordinary workshop has none."""

    whole: Span
    slots: tuple[Span, ...] = ()


def timed(hours: Sequence[Hours], zone: ZoneInfo | str) -> Timed:
    """What was typed, in time. Several spans are a stage, from the first start to the last end.

    Raises ImpossibleLength for a workshop of under 5 minutes or over 4 days, ImpossibleSlot for a part of over a day or
    a stage of over 4 days, and SlotsOverlap.
    """
    spans = sorted(Span(starts_at(one.day, one.at, zone), one.minutes) for one in hours)
    if len(spans) == 1:
        if not SHORTEST <= spans[0].minutes <= LONGEST:
            raise ImpossibleLength
        return Timed(spans[0])
    if not all(SHORTEST <= span.minutes <= LONGEST_SLOT for span in spans):
        raise ImpossibleSlot
    if any(later.starts_at < span.ends_at for span, later in pairwise(spans)):
        raise SlotsOverlap
    lasts = spans[-1].ends_at - spans[0].starts_at
    if lasts > timedelta(minutes=LONGEST):
        raise ImpossibleSlot
    return Timed(Span(spans[0].starts_at, lasts // timedelta(minutes=1)), tuple(spans))
