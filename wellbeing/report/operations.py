"""Keeping what a team typed for a report, so that two people who write at once lose nothing without seeing it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select

from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.report import Report
from wellbeing.report import queries
from wellbeing.report.queries import Period
from wellbeing.report.typed import Typed, typed_in


def save(group: Group, period: Period, typed: Typed, seen: str, now: datetime) -> bool:
    """Keep these texts for this period; the last ones saved hold. The same again changes nothing.

    `seen` names the texts that were on the page when somebody began to type. Those give way; any other ones are what a
    colleague saved meanwhile, and are set aside. Whether that happened is the answer.
    """
    with transaction():
        db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())
        before = next(iter(queries.kept(group, period)), None)
        if before is not None and typed_in(before) == typed:
            return False
        db.session.add(
            Report(
                uid=secrets.token_hex(16),
                group_id=group.id,
                starts_on=period[0],
                ends_on=period[1],
                saved_at=now,
                **typed,
            )
        )
        if before is not None and before.uid == seen:
            db.session.execute(delete(Report).where(Report.group_id == group.id, Report.id == before.id))
            return False
    return before is not None


def let_go(group: Group, period: Period, uid: str) -> None:
    """Delete texts that were set aside, once somebody has read them. Those that hold stay."""
    with transaction():
        found = [report.id for report in queries.kept(group, period)[1:] if report.uid == uid]
        db.session.execute(delete(Report).where(Report.group_id == group.id, Report.id.in_(found)))
