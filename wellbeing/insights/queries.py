"""What a person noted, counted by the database: as few rows for ten years as for one, in four statements.

Sessions are looked back on for as long as there are any, since some people go to one a year; days and words for a year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, case, cast, func, select

from wellbeing.db import db
from wellbeing.domain import insights
from wellbeing.domain.days import monday_of
from wellbeing.domain.insights import Value, day_value
from wellbeing.models.attendance import Attendance
from wellbeing.models.consent import Consent
from wellbeing.models.entry import Entry, EntryEmotion, hangs_on_entry
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.reflection import Reflection
from wellbeing.models.workshop import Cancellation, Workshop

Pairs = Counter[tuple[int, int]]
Asked = Mapping[str, Any]


@dataclass(frozen=True)
class Noted:
    """What is looked back on from `today`.

    `pairs`: by activity and scale (`mood`, `calm`), how many sessions had which level before and after. `days`: by
    Monday, the values of the days noted from `insights.since(today)` to today. `met`: how many sessions were attended
    in each of these weeks. `words`: how often each was chosen meanwhile, in `notes_with_words` notes.
    """

    today: date
    pairs: dict[tuple[str, str], Pairs] = field(repr=False)
    days: dict[date, list[Value]] = field(repr=False)
    met: dict[date, int] = field(repr=False)
    words: dict[str, int] = field(repr=False)
    notes_with_words: int


def noted_by(person: Person, today: date) -> Noted:
    """Everything the page is made of. What is dated ahead of today waits."""
    asked = {"person": person.id, "since": insights.since(today), "today": today}
    words = db.session.execute(_WORDS, asked).all()
    return Noted(
        today=today,
        pairs=_pairs(asked),
        days=_days(asked),
        met=Counter(map(monday_of, db.session.scalars(_SESSIONS, asked))),
        words={row.emotion: row.times for row in words},
        notes_with_words=sum(row.notes for row in words),
    )


def _pairs(asked: Asked) -> dict[tuple[str, str], Pairs]:
    pairs: dict[tuple[str, str], Pairs] = defaultdict(Counter)
    for kind, mood, mood_after, calm, calm_after, times in db.session.execute(_TOLD, asked):
        for scale, before, after in (("mood", mood, mood_after), ("calm", calm, calm_after)):
            if before and after:
                pairs[kind, scale][before, after] += times
    return dict(pairs)


def _days(asked: Asked) -> dict[date, list[Value]]:
    days: dict[date, list[Value]] = defaultdict(list)
    listed = db.session.scalar(_DAYS, asked)
    for item in listed.split(",") if listed else ():
        day, total, notes = item.split(":")
        days[_monday(day)].append(day_value(int(total), int(notes)))
    return dict(days)


@lru_cache(maxsize=1024)
def _monday(day: str) -> date:
    """Everybody's days fall in the same weeks: each is worked out once."""
    return monday_of(date.fromisoformat(day))


def may_note(person: Person) -> bool:
    """Whether the person agrees, now, to have a journal here."""
    running = select(Consent.id).where(
        Consent.person_id == person.id, Consent.purpose == "journal", Consent.withdrawn_at.is_(None)
    )
    return db.session.scalar(running.limit(1)) is not None


# --- statements, built once -------------------------------------------------------------------------------------------
PERSON: ColumnElement[int] = bindparam("person")
SINCE: ColumnElement[date] = bindparam("since")
TODAY: ColumnElement[date] = bindparam("today")


# Sessions of any group, left or closed ones among them, that took place: all that was told of them before and after.
_FELT = (Reflection.before_mood, Reflection.after_mood, Reflection.before_calm, Reflection.after_calm)
_TOLD = (
    select(Group.activity, *_FELT, func.count())
    .select_from(Reflection)
    .join(Workshop, Workshop.id == Reflection.workshop_id)
    .join(Group, Group.id == Workshop.group_id)
    .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
    .where(Reflection.person_id == PERSON, Cancellation.workshop_id.is_(None))
    .group_by(Group.activity, *_FELT)
)

# Each day, the sum of its moods and their number, in one text: as rows, a year would take longer to fetch than to read.
_each_day = (
    select(Entry.local_date, func.sum(Entry.mood).label("total"), func.count().label("notes"))
    .where(Entry.person_id == PERSON, Entry.local_date.between(SINCE, TODAY))
    .group_by(Entry.local_date)
    .subquery()
)
_day = cast(_each_day.c.local_date, String) + ":" + cast(_each_day.c.total, String)
_DAYS = select(func.aggregate_strings(_day + ":" + cast(_each_day.c.notes, String), ","))

_SESSIONS = (
    select(Workshop.local_date)
    .join(Attendance, Attendance.workshop_id == Workshop.id)
    .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
    .where(Attendance.person_id == PERSON, Cancellation.workshop_id.is_(None), Workshop.local_date >= SINCE)
)

# Every note that holds words holds a first one.
_WORDS = (
    select(
        EntryEmotion.emotion,
        func.count().label("times"),
        func.sum(case((EntryEmotion.position == 1, 1), else_=0)).label("notes"),
    )
    .join(Entry, hangs_on_entry(EntryEmotion))
    .where(Entry.person_id == PERSON, Entry.local_date.between(SINCE, TODAY))
    .group_by(EntryEmotion.emotion)
)
