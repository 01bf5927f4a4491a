"""The summaries of weeks, kept in the entry's own transaction (streak.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import and_, bindparam, case, distinct, func, select

from wellbeing.db import db
from wellbeing.domain.days import monday_of
from wellbeing.domain.years import NOTHING, place_of, with_digit
from wellbeing.models.entry import Entry, LoggedYear
from wellbeing.models.person import Person

WEEK_END = timedelta(days=6)
FEW = 4  # weeks that are counted one by one: those of a gesture; an import touches hundreds


def recount(person: Person, days: Iterable[date]) -> None:
    """Make the summaries of these days' weeks say what the entries say. The person is locked."""
    db.session.flush()
    mondays = sorted({monday_of(day) for day in days})
    at_once = _counted_between(person, mondays[0], mondays[-1]) if len(mondays) > FEW else {}
    for monday in mondays:
        logged, in_time = at_once.get(monday, (0, 0)) if at_once else _counted(person, monday)
        number, place = place_of(monday)
        year = db.session.get(LoggedYear, (person.id, number))
        if year is None:
            year = LoggedYear(person_id=person.id, year=number, days=NOTHING, days_in_time=NOTHING)
            db.session.add(year)
        year.days = with_digit(year.days, place, logged)
        year.days_in_time = with_digit(year.days_in_time, place, in_time)


def _counted(person: Person, monday: date) -> tuple[int, int]:
    """How many dates of a week hold a mood, and how many one that was noted in time."""
    week = {"person": person.id, "monday": monday, "sunday": monday + WEEK_END}
    logged, counted = db.session.execute(_WEEK, week).one()
    return logged, counted


def _counted_between(person: Person, first: date, last: date) -> dict[date, tuple[int, int]]:
    """The same for each week between two Mondays that has any, in one statement."""
    in_time = func.max(case((and_(Entry.in_time, ~Entry.imported), 1), else_=0))
    rows = db.session.execute(
        select(Entry.local_date, in_time)
        .where(Entry.person_id == person.id, Entry.local_date.between(first, last + WEEK_END))
        .group_by(Entry.local_date)
    )
    weeks: dict[date, tuple[int, int]] = {}
    for day, kept in rows:
        logged, counted = weeks.get(monday_of(day), (0, 0))
        weeks[monday_of(day)] = logged + 1, counted + kept
    return weeks


# Asked with every note, and therefore built once.
_IN_TIME = distinct(case((and_(Entry.in_time, ~Entry.imported), Entry.local_date)))
_WEEK = select(func.count(distinct(Entry.local_date)), func.count(_IN_TIME)).where(
    Entry.person_id == bindparam("person"), Entry.local_date.between(bindparam("monday"), bindparam("sunday"))
)
