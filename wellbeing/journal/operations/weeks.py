"""The summaries of weeks, kept in the entry's own transaction (streak.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import and_, case, delete, distinct, func, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db
from wellbeing.domain.days import monday_of
from wellbeing.models.entry import Entry, LoggedWeek
from wellbeing.models.person import Person


def recount(person: Person, days: Iterable[date]) -> None:
    """Make the summaries of these days' weeks say what the entries say."""
    db.session.flush()
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    for monday in {monday_of(day) for day in days}:
        sunday = monday + timedelta(days=6)
        in_time = func.count(distinct(case((and_(Entry.in_time, ~Entry.imported), Entry.local_date))))
        logged, counted = db.session.execute(
            select(func.count(distinct(Entry.local_date)), in_time).where(
                Entry.person_id == person.id, Entry.local_date.between(monday, sunday)
            )
        ).one()
        if logged:
            summary = {"days": logged, "days_in_time": counted}
            row = insert(LoggedWeek).values(person_id=person.id, monday=monday, **summary)
            key = [LoggedWeek.person_id, LoggedWeek.monday]
            db.session.execute(row.on_conflict_do_update(index_elements=key, set_=summary))
        else:
            week = LoggedWeek.person_id == person.id, LoggedWeek.monday == monday
            db.session.execute(delete(LoggedWeek).where(*week))
