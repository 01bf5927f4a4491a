"""What the thread asks the database: one statement, built once, that answers as much for ten years as for a day.

`DATED` answers a few rows, each a kind, what its dates have in common, and the dates themselves in one text, parted by
commas, and a bar where there are several to each.
Ten years are 1 500 dates; as rows they would take ten times as long to fetch as they do to read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, cast, func, literal, select, union_all

from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry, LoggedYear
from wellbeing.models.group import Group
from wellbeing.models.membership import Membership
from wellbeing.models.pace import Pace, Pause
from wellbeing.models.workshop import Cancellation, Workshop

PERSON: ColumnElement[int] = bindparam("person")
SINCE: ColumnElement[date] = bindparam("since")
CURRENT: ColumnElement[date] = bindparam("current")
FOLLOWING: ColumnElement[date] = bindparam("following")
NOW: ColumnElement[datetime] = bindparam("now")
Rows = Select[*tuple[Any, ...]]


def _listed(kind: str, *columns: Any, by: Any = None) -> Rows:
    """One row, or one for each value of `by`: the kind, that value, and the columns of everything found, as text."""
    item: ColumnElement[str] = cast(columns[0], String)
    for column in columns[1:]:
        item = item + "|" + func.coalesce(cast(column, String), "")
    shared = literal("") if by is None else cast(by, String)
    found: Rows = select(
        literal(kind).label("kind"), shared.label("by"), func.aggregate_strings(item, ",").label("items")
    )
    return found if by is None else found.group_by(by)


# Years of weeks: days with a mood in time, then days with a mood at all, a digit a week.
_years = _listed("year", LoggedYear.days_in_time, LoggedYear.days, by=LoggedYear.year).where(
    LoggedYear.person_id == PERSON
)

# Dates from this Monday on, those ahead of their time among them: date, whether in time, whether its instant is past.
_by_date = (
    select(
        Entry.local_date,
        func.max(case((and_(Entry.in_time, ~Entry.imported), 1), else_=0)).label("in_time"),
        func.max(case((Entry.felt_at <= NOW, 1), else_=0)).label("lived"),
    )
    .where(Entry.person_id == PERSON, Entry.local_date >= CURRENT)
    .group_by(Entry.local_date)
    .subquery()
)
_days = _listed("day", _by_date.c.local_date, _by_date.c.in_time, _by_date.c.lived)

# Workshops attended that took place: date.
_attended = (
    _listed("attended", Workshop.local_date)
    .join(Attendance, Attendance.workshop_id == Workshop.id)
    .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
    .where(Attendance.person_id == PERSON, Cancellation.workshop_id.is_(None))
)

# Workshops of the person's groups that were not cancelled, those of this week to come among them, by group: date. Those
# they were at are left out: that week is kept, and nobody asks why it might have rested.
_held = (
    _listed("held", Workshop.local_date, by=Workshop.group_id)
    .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
    .outerjoin(Attendance, and_(Attendance.workshop_id == Workshop.id, Attendance.person_id == PERSON))
    .where(
        Workshop.group_id.in_(
            select(Membership.group_id).where(Membership.person_id == PERSON, Membership.role == "participant")
        ),
        Workshop.local_date >= SINCE,
        Workshop.local_date < FOLLOWING,
        Cancellation.workshop_id.is_(None),
        Attendance.person_id.is_(None),
    )
)

_paces = _listed("pace", Pace.from_monday, Pace.goal).where(Pace.person_id == PERSON)
_pauses = _listed("pause", Pause.since, Pause.until).where(Pause.person_id == PERSON)

# Memberships, by group: zone, since when, until when.
_members = (
    _listed("member", Group.timezone, Membership.began_at, Membership.ended_at, by=Membership.group_id)
    .join(Group, Group.id == Membership.group_id)
    .where(Membership.person_id == PERSON, Membership.role == "participant")
)

DATED = union_all(_years, _days, _attended, _held, _paces, _pauses, _members)
