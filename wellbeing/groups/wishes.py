"""What somebody who runs a group asks for, as values: a group, a season, a count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


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
    """A season: dates and hours on the group's own clock."""

    title: str
    starts_on: date
    starts_at: time
    minutes: int
    repeat: str
    until: date | None


@dataclass(frozen=True)
class Counted:
    """How many came, of whom without a phone, of whom new."""

    present: int
    without_phone: int
    newcomers: int
