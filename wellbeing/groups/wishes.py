"""What somebody who runs a group asks for, as values: a group, a season, a count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from wellbeing.domain.seasons import Rhythm
from wellbeing.domain.stages import Hours

STAGE = "stage"


@dataclass(frozen=True)
class Wanted:
    """A group as somebody wants it; `op_id` names the form, so that sending it twice makes one group."""

    name: str
    activity: str
    place: str
    timezone: str
    holiday_zone: str
    safety_contact: str
    shown_name: str | None = None
    op_id: str | None = None


@dataclass(frozen=True)
class Plan:
    """A season: dates and hours on the group's own clock.

    `also` are the further dates of a list, `slots` the further spans of a stage. `ticked` are the dates chosen in a
    preview; None when nobody was asked, and then the holidays decide.
    """

    title: str
    starts_on: date
    starts_at: time
    minutes: int
    repeat: str
    until: date | None = None
    count: int | None = None
    also: tuple[date, ...] = ()
    slots: tuple[Hours, ...] = ()
    ticked: frozenset[date] | None = None

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.starts_on, self.repeat, self.until, self.count, self.also)

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        """The spans of the workshop that begins on this day."""
        first = Hours(day, self.starts_at, self.minutes)
        return (first, *self.slots) if self.repeat == STAGE else (first,)


@dataclass(frozen=True)
class Counted:
    """How many came, of whom without a phone, of whom new."""

    present: int
    without_phone: int
    newcomers: int
