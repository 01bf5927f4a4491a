"""The texts of a group's reports, as its team saved them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from wellbeing.db import db
from wellbeing.models.group import Group
from wellbeing.models.report import Report

Period = tuple[date, date]
REMEMBERED = 6


def kept(group: Group, period: Period) -> list[Report]:
    """What was saved for this period, the newest first: it holds. The others were set aside, and lost nowhere."""
    return list(
        db.session.scalars(
            select(Report)
            .where(Report.group_id == group.id, Report.starts_on == period[0], Report.ends_on == period[1])
            .order_by(Report.id.desc())
        )
    )


def latest(group: Group) -> Report | None:
    """What the team saved last, of whatever period: its texts are first ideas for the next one."""
    return db.session.scalar(select(Report).where(Report.group_id == group.id).order_by(Report.id.desc()).limit(1))


def periods(group: Group) -> list[Period]:
    """The periods of which something was saved, the latest one saved first."""
    found = db.session.execute(
        select(Report.starts_on, Report.ends_on)
        .where(Report.group_id == group.id)
        .group_by(Report.starts_on, Report.ends_on)
        .order_by(func.max(Report.id).desc())
        .limit(REMEMBERED)
    )
    return [(first, last) for first, last in found]
