"""What a season would be, before it is saved: each date, whether holidays take it, and what is not known yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wellbeing.domain import seasons
from wellbeing.domain.stages import Timed, timed
from wellbeing.groups.queries import meetings, school
from wellbeing.groups.school_holidays import SchoolHolidays
from wellbeing.groups.wishes import Plan
from wellbeing.models.group import Group


@dataclass(frozen=True)
class Proposed:
    """One date. `off`: it falls in the school holidays; `leaving`: they begin after it."""

    day: date
    timed: Timed
    off: bool
    leaving: bool


@dataclass(frozen=True)
class Proposal:
    """The dates that the group has not got yet, in order, and the day after which its holidays are unknown, if any date
    is later. `days` are all that the plan speaks of.
    """

    planned: list[Proposed]
    removed: list[Proposed]
    days: frozenset[date]
    unknown_after: date | None


def proposal(group: Group, plan: Plan) -> Proposal:
    """Raises what `seasons.season` and `stages.timed` raise."""
    holidays = school.holidays_of(group)
    season = seasons.season(plan.rhythm, lambda day: day in holidays.off)
    there = meetings.starts_in(group)
    planned, removed = (
        [one for one in _proposed(group, plan, days, holidays) if one.timed.whole.starts_at not in there]
        for days in (season.planned, season.removed)
    )
    return Proposal(
        planned=planned,
        removed=removed,
        days=frozenset([*season.planned, *season.removed]),
        unknown_after=school.unknown_after(group, [*season.planned, *season.removed]),
    )


def _proposed(group: Group, plan: Plan, days: list[date], holidays: SchoolHolidays) -> list[Proposed]:
    found = []
    for day in days:
        hours = plan.hours_on(day)
        off = any(one.day in holidays.off for one in hours)
        leaving = any(one.day in holidays.leaving for one in hours)
        found.append(Proposed(day, timed(hours, group.timezone), off, leaving))
    return found
