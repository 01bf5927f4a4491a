"""On which days somebody noted something: a mood, a presence, what they say of a workshop. Nothing of what it was."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.domain.days import today_in
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry
from wellbeing.models.reflection import Reflection


@dataclass
class Noted:
    """By person: the dates of moods, and the instants of the rest."""

    on: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    at: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def days(self, whose: int, zone: str) -> set[date]:
        return self.on[whose] | {today_in(zone, instant) for instant in self.at[whose]}


def noted_by(ids: list[int], since: date) -> Noted:
    """What these people noted from a date on."""
    noted, begins = Noted(), datetime.combine(since - timedelta(days=1), time(0), UTC)
    moods = select(Entry.person_id, Entry.local_date).where(Entry.person_id.in_(ids), Entry.local_date >= since)
    for whose, day in db.session.execute(moods.distinct()):
        noted.on[whose].add(day)
    for table, instant in (
        (Attendance, Attendance.recorded_at),
        (Reflection, Reflection.before_told_at),
        (Reflection, Reflection.after_told_at),
    ):
        told = select(table.person_id, instant).where(table.person_id.in_(ids), instant >= begins)
        for whose, at in db.session.execute(told):
            if at is not None:
                noted.at[whose].append(at)
    return noted
