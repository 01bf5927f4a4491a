"""A group's dates and headcounts as values: lent to the features that show figures, which are strangers to this one.

Columns are read, and no objects made of them: three years are some hundred and fifty dates.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from wellbeing.db import db
from wellbeing.domain.indicators import Count, Dated
from wellbeing.domain.stages import Span
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop


def dates_of(group: Group, now: datetime) -> list[Dated]:
    """Every date of the group, oldest first, with the count that holds. Declared by its team; nobody is in it."""
    rows = _rows(group)
    first = next((row for row in rows if _held(row)), None)
    return [_dated(row, row is first, now) for row in rows]


def _rows(group: Group) -> list[Any]:
    counted = aliased(Headcount)
    latest = select(func.max(counted.id)).where(counted.workshop_id == Workshop.id).scalar_subquery()
    return list(
        db.session.execute(
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
            .outerjoin(Headcount, Headcount.id == latest)
            .where(Workshop.group_id == group.id)
            .order_by(Workshop.starts_at, Workshop.id)
        )
    )


def _dated(row: Any, first: bool, now: datetime) -> Dated:
    count = None
    if _held(row):
        numbers = (row.present, row.without_phone, row.newcomers)
        count = Count(row.local_date, row.minutes, *numbers, first)
    over = now >= Span(row.starts_at, row.minutes).ends_at
    return Dated(row.local_date, row.title, bool(row.cancelled), over, count)


def _held(row: Any) -> bool:
    return row.present is not None and not row.cancelled
