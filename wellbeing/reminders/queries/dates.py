"""Dates of a person's groups: those to come, those that were cancelled or changed, and those nobody was told of yet."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from wellbeing.db import db
from wellbeing.domain.reminders import AHEAD, Meeting, News
from wellbeing.domain.zones import zone_of
from wellbeing.models.group import Group
from wellbeing.models.keepsake import Keepsake
from wellbeing.models.membership import Membership
from wellbeing.models.reminder import DateNews, DateSeen, Reminder
from wellbeing.models.workshop import Cancellation, Workshop


def meetings_of(ids: list[int], now: datetime) -> dict[int, list[Meeting]]:
    """The workshops of the next days in the groups each of them takes part in, cancelled ones left out."""
    found: dict[int, list[Meeting]] = defaultdict(list)
    if not ids:
        return found
    before = aliased(Workshop)
    words = exists(
        select(Keepsake.workshop_id)
        .join(before, before.id == Keepsake.workshop_id)
        .where(Keepsake.person_id == Membership.person_id, before.group_id == Membership.group_id)
    )
    rows = db.session.execute(
        select(Membership.person_id, Workshop.starts_at, Workshop.local_date, Group.timezone, words.label("words"))
        .join(Group, Group.id == Membership.group_id)
        .join(Workshop, Workshop.group_id == Group.id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(
            Membership.person_id.in_(ids),
            _taking_part(),
            Group.closed_at.is_(None),
            Workshop.starts_at > now,
            Workshop.starts_at <= now + AHEAD,
            Cancellation.workshop_id.is_(None),
        )
    )
    for row in rows:
        at = row.starts_at.astimezone(zone_of(row.timezone)).time()
        found[row.person_id].append(Meeting(row.starts_at, row.local_date, at, bool(row.words)))
    return found


def news_for(ids: list[int], now: datetime) -> dict[int, list[News]]:
    """What these people have not been told yet, as it is now; of dates to come, in groups they still take part in."""
    found: dict[int, list[News]] = defaultdict(list)
    rows = db.session.execute(
        select(DateNews.person_id, Workshop.local_date, Cancellation.workshop_id.is_not(None).label("cancelled"))
        .join(Workshop, Workshop.id == DateNews.workshop_id)
        .join(Membership, (Membership.group_id == Workshop.group_id) & (Membership.person_id == DateNews.person_id))
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(DateNews.person_id.in_(ids), Workshop.starts_at > now, _taking_part())
    )
    for row in rows:
        found[row.person_id].append(News(row.local_date, bool(row.cancelled)))
    return found


def changed_dates(now: datetime) -> list[tuple[int, int, int]]:
    """Workshops to come that changed since they were last looked at, each with its group and its revision."""
    rows = db.session.execute(
        select(Workshop.id, Workshop.group_id, Workshop.revision)
        .outerjoin(DateSeen, DateSeen.workshop_id == Workshop.id)
        .where(
            Workshop.revision > 0,
            Workshop.starts_at > now,
            Workshop.revision > func.coalesce(DateSeen.revision, 0),
        )
        .order_by(Workshop.starts_at)
    )
    return [(workshop, group, revision) for workshop, group, revision in rows]


def who_wants_news_of(workshop_id: int) -> Select[Any]:
    """Ids of those who take part in its group and wish to hear of changes."""
    group = select(Workshop.group_id).where(Workshop.id == workshop_id).scalar_subquery()
    return (
        select(Reminder.person_id)
        .join(Membership, Membership.person_id == Reminder.person_id)
        .where(Membership.group_id == group, _taking_part(), Reminder.news.is_(True), Reminder.next_at.is_not(None))
    )


def _taking_part() -> ColumnElement[bool]:
    return (Membership.role == "participant") & Membership.ended_at.is_(None)
