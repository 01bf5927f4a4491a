"""What the record says of presences, read beside the application."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tests.cast import Cast
from wellbeing.db import db, transaction
from wellbeing.models.attendance import Attendance
from wellbeing.models.workshop import Cancellation, Slot, Workshop


def presences(cast: Cast) -> dict[tuple[str, str], str]:
    """How each presence is known, by name and workshop uid."""
    names = {arrived.person.id: name for name, arrived in cast.people.items()}
    with cast.app.app_context():
        rows = db.session.execute(
            select(Attendance.person_id, Workshop.uid, Attendance.how).join(
                Workshop, Workshop.id == Attendance.workshop_id
            )
        )
        return {(names[row.person_id], row.uid): row.how for row in rows}


def cancel(cast: Cast, workshop: Workshop, now: datetime) -> None:
    with cast.app.app_context(), transaction():
        db.session.add(Cancellation(workshop_id=workshop.id, group_id=workshop.group_id, cancelled_at=now))


def stage(cast: Cast, group: str, begins: datetime, *hours: float) -> Workshop:
    """A workshop in parts of two hours and a half, which begin so many hours after the first."""
    made = cast.workshop(group, begins, minutes=int(hours[-1] * 60) + 150)
    with cast.app.app_context(), transaction():
        db.session.add_all(
            Slot(workshop_id=made.id, group_id=made.group_id, starts_at=begins + timedelta(hours=one), minutes=150)
            for one in hours
        )
    return made
