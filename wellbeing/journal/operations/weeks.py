"""The summaries of weeks, kept in the entry's own transaction (docs/thread.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, cast

from sqlalchemy import Executable, Table, and_, bindparam, case, distinct, func, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import columns, db
from wellbeing.domain.days import monday_of
from wellbeing.domain.years import NOTHING, place_of, with_digit
from wellbeing.models.entry import Entry, LoggedYear
from wellbeing.models.person import Person

WEEK_END = timedelta(days=6)
FEW = 4  # weeks that are counted one by one: those of a gesture; an import touches hundreds


class Counted(NamedTuple):
    """How many dates of a week hold a mood, and how many one that was noted in time; and what its year says so far."""

    logged: int
    in_time: int
    year: str | None
    year_in_time: str | None


def recount(person: Person, days: Iterable[date]) -> None:
    """Make the summaries of these days' weeks say what the entries say. The person is locked."""
    mondays = sorted({monday_of(day) for day in days})
    few = len(mondays) <= FEW
    weeks = {monday: _counted(person, monday) for monday in mondays} if few else _counted_among(person, mondays)
    said: dict[int, tuple[str | None, str | None]] = {}
    years: dict[int, tuple[str, str]] = {}
    for monday, week in weeks.items():
        number, place = place_of(monday)
        said.setdefault(number, (week.year, week.year_in_time))
        year, in_time = years.get(number, (week.year or NOTHING, week.year_in_time or NOTHING))
        years[number] = with_digit(year, place, week.logged), with_digit(in_time, place, week.in_time)
    for number, (year, in_time) in years.items():
        if said[number] != (year, in_time):
            row = {"person_id": person.id, "year": number, "days": year, "days_in_time": in_time}
            columns(_keeping(db.engine.dialect.name), row)


def _counted(person: Person, monday: date) -> Counted:
    week = {"person": person.id, "monday": monday, "sunday": monday + WEEK_END, "year": place_of(monday)[0]}
    return Counted(*columns(_WEEK, week).one())


def _counted_among(person: Person, mondays: Sequence[date]) -> dict[date, Counted]:
    """The same for many weeks, in two statements."""
    in_time = func.max(case((and_(Entry.in_time, ~Entry.imported), 1), else_=0))
    days = columns(
        select(Entry.local_date, in_time)
        .where(Entry.person_id == person.id, Entry.local_date.between(mondays[0], mondays[-1] + WEEK_END))
        .group_by(Entry.local_date)
    )
    weeks = dict.fromkeys(mondays, (0, 0))
    for day, kept in days:
        if (monday := monday_of(day)) in weeks:
            logged, counted = weeks[monday]
            weeks[monday] = logged + 1, counted + kept
    years = select(LoggedYear.year, LoggedYear.days, LoggedYear.days_in_time).where(LoggedYear.person_id == person.id)
    said = {year: digits for year, *digits in columns(years)}
    return {monday: Counted(*counts, *said.get(place_of(monday)[0], (None, None))) for monday, counts in weeks.items()}


# Asked with every note, and therefore built once.
_IN_TIME = distinct(case((and_(Entry.in_time, ~Entry.imported), Entry.local_date)))
_YEAR = and_(LoggedYear.person_id == bindparam("person"), LoggedYear.year == bindparam("year"))
_WEEK = select(
    func.count(distinct(Entry.local_date)),
    func.count(_IN_TIME),
    select(LoggedYear.days).where(_YEAR).scalar_subquery(),
    select(LoggedYear.days_in_time).where(_YEAR).scalar_subquery(),
).where(Entry.person_id == bindparam("person"), Entry.local_date.between(bindparam("monday"), bindparam("sunday")))


@cache
def _keeping(dialect: str) -> Executable:
    table = cast(Table, LoggedYear.__table__)
    row = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    said = {"days": row.excluded.days, "days_in_time": row.excluded.days_in_time}
    return row.on_conflict_do_update(index_elements=["person_id", "year"], set_=said)
