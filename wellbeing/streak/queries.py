"""The thread of a person, made afresh from what was logged, in two statements whatever the years (`streak.md`).

Closed weeks come from their summaries, one row each; days of the week that is running from its entries, since a note
ahead of its time waits until its day has come (rule 11).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, and_, case, cast, func, literal, null, select, union_all

from wellbeing.db import db
from wellbeing.domain.days import local_date_of, monday_of, today_in
from wellbeing.domain.streaks import streak_on
from wellbeing.domain.weeks import WEEK, Belonging, Facts, weeks_of
from wellbeing.domain.zones import zone_of
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry, LoggedWeek
from wellbeing.models.group import Group
from wellbeing.models.membership import Membership
from wellbeing.models.pace import Pace, Pause
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation, Workshop
from wellbeing.streak.lines import Line, line_of
from wellbeing.streak.today import ThreadToday

Rows = Select[*tuple[Any, ...]]


def thread_of(person: Person, now: datetime) -> ThreadToday:
    """The thread at an instant, on the person's own date. Two statements."""
    rows = _dated_rows(person, today_in(person.timezone, now))
    today = today_in(person.timezone, now, _latest_lived(rows["day"], now))
    current = monday_of(today)
    days, total_days = _days(rows, today, now)
    attended = [row.start for row in rows["attended"] for _ in range(row.n)]
    paces = [(row.start, row.n) for row in rows["pace"]]
    pauses = [(row.start, row.end) for row in rows["pause"]]
    facts = Facts(
        signed_up_on=person.signed_up_on,
        days=days,
        workshops=Counter(monday for day in attended if (monday := monday_of(day)) <= current),
        paces=paces,
        pauses=pauses,
        groups=_groups(person, rows["held"]),
    )
    weeks = weeks_of(facts, today)
    goal = weeks[-1].goal
    ahead = max(((start, pace) for start, pace in paces if start > current), default=(current, goal))[1]
    return ThreadToday(
        today=today,
        hidden=person.thread_hidden,
        streak=streak_on(today, weeks),
        weeks=weeks,
        goal=goal,
        next_goal=ahead if ahead != goal else None,
        pause=next((span for span in pauses if span[0] <= today and (span[1] is None or today <= span[1])), None),
        total_workshops=len(attended),
        total_days=total_days,
        first_workshop_on=min(attended, default=None),
        signed_up_on=person.signed_up_on,
    )


def line_for(person: Person, now: datetime, *, quiet: bool = False) -> Line:
    """The thread as Today says it; `quiet` on the screen that follows a mood of 1 or 2, which counts nothing."""
    return Line() if quiet or person.thread_hidden else line_of(thread_of(person, now))


# --- from rows to facts -----------------------------------------------------------------------------------------------
def _latest_lived(days: list[Any], now: datetime) -> date | None:
    """The latest date noted that was not ahead of its time: who flies west over the date line does not lose it."""
    return max((row.start for row in days if row.felt_at <= now), default=None)


def _days(rows: dict[str, list[Any]], today: date, now: datetime) -> tuple[dict[date, int], int]:
    """Dates with a mood recorded in time, by week; and all dates with a mood that have come."""
    days = {row.start: row.n for row in rows["week"] if row.n}
    total = sum(row.m for row in rows["week"])
    for row in rows["day"]:
        if row.start <= today or row.felt_at <= now:
            total += 1
            if row.n:
                monday = monday_of(row.start)
                days[monday] = days.get(monday, 0) + 1
    return days, total


def _groups(person: Person, held: list[Any]) -> list[Belonging]:
    """Each membership with the weeks in which its group met. A week still to come is the group's word for it."""
    met: dict[int, set[date]] = defaultdict(set)
    for row in held:
        met[row.n].add(row.start)
    return [
        Belonging(
            since=_local(row.began_at, row.timezone),
            until=_local(row.ended_at, row.timezone) if row.ended_at else None,
            held={monday_of(day) for day in met[row.group_id]},
        )
        for row in db.session.execute(_memberships(person))
    ]


def _local(instant: datetime, zone: str) -> date:
    return local_date_of(instant.astimezone(zone_of(zone)))


# --- statements -------------------------------------------------------------------------------------------------------
def _memberships(person: Person) -> Rows:
    return (
        select(Membership.group_id, Membership.began_at, Membership.ended_at, Group.timezone)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id == person.id, Membership.role == "participant")
    )


def _dated_rows(person: Person, today: date) -> dict[str, list[Any]]:
    """Everything that has a date, in one statement: kind, start, end, two numbers, an instant."""
    current = monday_of(today)
    kinds = (_weeks(person, current), _day_rows(person, current), _attended(person), _held(person, current))
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(union_all(*kinds, _paces(person), _pauses(person))):
        rows[row.kind].append(row)
    return rows


def _row(kind: str, start: Any, end: Any = None, n: Any = 0, m: Any = 0, felt_at: Any = None) -> Rows:
    return select(
        literal(kind).label("kind"),
        start.label("start"),
        (cast(null(), Date) if end is None else end).label("end"),
        (literal(n) if isinstance(n, int) else n).label("n"),
        (literal(m) if isinstance(m, int) else m).label("m"),
        (cast(null(), Entry.felt_at.type) if felt_at is None else felt_at).label("felt_at"),
    )


def _weeks(person: Person, current: date) -> Rows:
    return _row("week", LoggedWeek.monday, n=LoggedWeek.days_in_time, m=LoggedWeek.days).where(
        LoggedWeek.person_id == person.id, LoggedWeek.monday < current
    )


def _day_rows(person: Person, current: date) -> Rows:
    """Days from this Monday on, those ahead of their time among them, with the earliest instant felt on each."""
    counts = case((and_(Entry.in_time, ~Entry.imported), 1), else_=0)
    return (
        _row("day", Entry.local_date, n=func.max(counts), felt_at=func.min(Entry.felt_at))
        .where(Entry.person_id == person.id, Entry.local_date >= current)
        .group_by(Entry.local_date)
    )


def _attended(person: Person) -> Rows:
    return (
        _row("attended", Workshop.local_date, n=func.count())
        .join(Attendance, Attendance.workshop_id == Workshop.id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(Attendance.person_id == person.id, Cancellation.workshop_id.is_(None))
        .group_by(Workshop.local_date)
    )


def _held(person: Person, current: date) -> Rows:
    mine = select(Membership.group_id).where(Membership.person_id == person.id, Membership.role == "participant")
    return (
        _row("held", Workshop.local_date, n=Workshop.group_id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(
            Workshop.group_id.in_(mine),
            Workshop.local_date >= monday_of(person.signed_up_on),
            Workshop.local_date < current + WEEK,
            Cancellation.workshop_id.is_(None),
        )
    )


def _paces(person: Person) -> Rows:
    return _row("pace", Pace.from_monday, n=Pace.goal).where(Pace.person_id == person.id)


def _pauses(person: Person) -> Rows:
    return _row("pause", Pause.since, end=Pause.until).where(Pause.person_id == person.id)
