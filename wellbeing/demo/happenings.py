"""What can happen in the story: each an instant and the values an operation is given. People and groups go by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, kw_only=True)
class Happening:
    at: datetime  # aware, UTC


@dataclass(frozen=True, kw_only=True)
class Pass(Happening):
    """The worker looks whether something is due."""


# --- the team ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Starts(Happening):
    """The first steward uses the setup code."""

    who: str


@dataclass(frozen=True, kw_only=True)
class Invites(Happening):
    """The steward makes a link; `who` uses it at once, or nobody yet."""

    steward: str
    who: str | None


@dataclass(frozen=True, kw_only=True)
class Opens(Happening):
    """A facilitator creates their group."""

    who: str
    group: str


@dataclass(frozen=True, kw_only=True)
class EntersTeam(Happening):
    """One who leads a group makes a link to its team; `who` uses it at once, and is named so to the group."""

    by: str
    who: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Writes(Happening):
    """A page of somebody's own book, about a date they led: texts by field."""

    who: str
    group: str
    day: date
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Plans(Happening):
    """A season of a group is put in the calendar, without the holidays; every date has the group's own hour."""

    group: str
    starts_on: date
    until: date


@dataclass(frozen=True, kw_only=True)
class PlansStage(Happening):
    """A stage is put in the calendar: its slots, each a day, an hour and minutes."""

    group: str
    title: str
    slots: tuple[tuple[date, time, int], ...]


@dataclass(frozen=True, kw_only=True)
class Cancels(Happening):
    group: str
    day: date


@dataclass(frozen=True, kw_only=True)
class Counts(Happening):
    group: str
    day: date
    present: int
    without_phone: int
    newcomers: int


@dataclass(frozen=True, kw_only=True)
class Reports(Happening):
    """A team writes the report of a period; texts by the name of their field."""

    group: str
    since: date
    until: date
    texts: dict[str, str]
    numbers: dict[str, int]


# --- a participant ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Joins(Happening):
    who: str
    group: str
    agreed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class JoinsAlso(Happening):
    """Someone who has an account takes part in one more group."""

    who: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Leaves(Happening):
    who: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Chooses(Happening):
    """A consent is given later on, or taken back."""

    who: str
    purpose: str
    given: bool


@dataclass(frozen=True, kw_only=True)
class Feels(Happening):
    """A mood is noted, for now or for an earlier moment."""

    who: str
    op_id: str
    mood: int
    energy: int | None
    calm: int | None
    emotions: tuple[str, ...]
    note: str
    felt_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class WasThere(Happening):
    """By the code shown on the day, or declared afterwards."""

    who: str
    group: str
    day: date
    by_code: bool


@dataclass(frozen=True, kw_only=True)
class Speaks(Happening):
    """Of a workshop, before it or after it: answers by field, and what is taken away."""

    who: str
    group: str
    day: date
    part: str
    answers: tuple[tuple[str, int], ...]
    keepsake: str


@dataclass(frozen=True, kw_only=True)
class Pauses(Happening):
    who: str
    until: date


@dataclass(frozen=True, kw_only=True)
class Paces(Happening):
    """Another number of days a week, from the next Monday on."""

    who: str
    goal: int


@dataclass(frozen=True, kw_only=True)
class Hides(Happening):
    """The thread is hidden everywhere."""

    who: str
