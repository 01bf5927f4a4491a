"""A group's dates and headcounts as values: lent to the features that show figures, which are strangers to this one.

Columns are read, and no objects made of them: three years are some hundred and fifty dates.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Executable, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from wellbeing.db import db
from wellbeing.domain.indicators import Count, Dated
from wellbeing.domain.stages import Span
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop


def dates_of(group: Group, now: datetime) -> list[Dated]:
    """Every date of the group, oldest first, with the count that holds. Declared by its team; nobody is in it."""
    found, nobody_came_yet = [], True
    rows = db.session.execute(_dates(), {"group": group.id})
    for day, title, starts_at, minutes, cancelled, present, without_phone, newcomers in rows:
        count = None
        if present is not None and not cancelled:
            count = Count(day, minutes, present, without_phone, newcomers, nobody_came_yet)
            nobody_came_yet = False
        found.append(Dated(day, title, bool(cancelled), now >= Span(starts_at, minutes).ends_at, count))
    return found


# Built once: to build it costs more than to ask it.
@cache
def _dates() -> Executable:
    counted = aliased(Headcount)
    latest = select(func.max(counted.id)).where(counted.workshop_id == Workshop.id).scalar_subquery()
    return (
        select(
            Workshop.local_date,
            Workshop.title,
            Workshop.starts_at,
            Workshop.minutes,
            Cancellation.workshop_id.is_not(None).label("cancelled"),
            Headcount.present,
            Headcount.without_phone,
            Headcount.newcomers,
        )
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .outerjoin(Headcount, and_(Headcount.group_id == Workshop.group_id, Headcount.id == latest))
        .where(Workshop.group_id == bindparam("group"))
        .order_by(Workshop.starts_at, Workshop.id)
    )
