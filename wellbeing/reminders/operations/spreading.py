"""News of dates: who cancels or moves one knows nothing of reminders, so the worker finds it by the date's revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.models.reminder import DateNews, DateSeen, Reminder
from wellbeing.models.workshop import Workshop
from wellbeing.reminders.queries import dates


def spread(now: datetime) -> None:
    """Put each change of a date to come before those who wish to hear of it, once, and let go of what is over."""
    for workshop, group, revision in dates.changed_dates(now):
        _spread(workshop, group, revision, now)
    over = exists().where(Workshop.id == DateNews.workshop_id, Workshop.starts_at <= now)
    if db.session.scalar(select(exists(select(DateNews.person_id).where(over)))):
        with transaction():
            db.session.execute(delete(DateNews).where(over))


def _spread(workshop: int, group: int, revision: int, now: datetime) -> None:
    """Whoever writes the revision down first spreads it; another worker that found it too does nothing."""
    this = DateSeen.group_id == group, DateSeen.workshop_id == workshop
    again = update(DateSeen).where(*this, DateSeen.revision < revision).values(revision=revision)
    first = _insert(DateSeen).values(group_id=group, workshop_id=workshop, revision=revision).on_conflict_do_nothing()
    with transaction():
        if not any(db.session.execute(one.returning(DateSeen.revision)).first() for one in (again, first)):
            return
        those = list(db.session.scalars(dates.who_wants_news_of(workshop)))
        if those:
            told = [{"person_id": person, "workshop_id": workshop} for person in those]
            db.session.execute(_insert(DateNews).on_conflict_do_nothing(), told)
            db.session.execute(update(Reminder).where(Reminder.person_id.in_(those)).values(next_at=now))


def _insert(table: Any) -> Any:
    return (sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert)(table)
