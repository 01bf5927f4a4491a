"""What a person decides about their thread: its pace, a pause, whether it is shown. The count is never written."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.domain.refusals import ImpossibleDate
from wellbeing.domain.weeks import checked_pace, pace_starts
from wellbeing.models.pace import Pace, Pause
from wellbeing.models.person import Person

LONGEST_PAUSE = timedelta(days=366)  # a longer one is an open one


def change_pace(person: Person, goal: int | str, today: date) -> None:
    """Ask for so many days a week from next Monday on (rule 4): no week that has begun changes. Raises UnknownPace."""
    pace = checked_pace(goal)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Pace).values(person_id=person.id, from_monday=pace_starts(today), goal=pace)
    with transaction():
        db.session.execute(
            row.on_conflict_do_update(index_elements=[Pace.person_id, Pace.from_monday], set_={"goal": pace})
        )


def pause(person: Person, until: date | None, today: date) -> None:
    """Pause from today until a day, which is included, or until the person resumes. A running pause is moved.

    Raises ImpossibleDate (field `until`) for a day before today or more than a year ahead.
    """
    if until is not None and not today <= until <= today + LONGEST_PAUSE:
        raise ImpossibleDate(field="until")
    with transaction():
        # two taps at once wait for each other, so that they make one pause
        db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        running = db.session.scalar(select(Pause).where(_covers(person, today)).order_by(Pause.id.desc()))
        if running is None:
            db.session.add(Pause(person_id=person.id, since=today, until=until))
        else:
            running.until = until


def resume(person: Person, today: date) -> None:
    """End the pause that is on: yesterday was its last day, and one begun today has not been."""
    with transaction():
        db.session.execute(delete(Pause).where(_covers(person, today), Pause.since == today))
        db.session.execute(
            update(Pause).where(_covers(person, today), Pause.since < today).values(until=today - timedelta(days=1))
        )


def hide(person: Person, hidden: bool) -> None:
    """Hide the thread everywhere, or show it again (rule 16)."""
    with transaction():
        db.session.execute(update(Person).where(Person.id == person.id).values(thread_hidden=hidden))


def _covers(person: Person, today: date) -> ColumnElement[bool]:
    runs = or_(Pause.until.is_(None), Pause.until >= today)
    return and_(Pause.person_id == person.id, Pause.since <= today, runs)
