"""Cancelling a date, bringing it back, counting who came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from wellbeing.db import db, transaction
from wellbeing.domain.refusals import WorkshopNotYetHere
from wellbeing.groups.queries import meetings
from wellbeing.groups.refusals import WorkshopBegun, WorkshopCancelled, WorkshopHeld
from wellbeing.groups.wishes import Counted
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop


def cancel(workshop: Workshop, now: datetime) -> None:
    """Cancel a date. Raises WorkshopHeld once it took place: it was counted, or its end has passed."""
    with transaction():
        held = _hold(workshop)
        if meetings.cancellation(workshop) is not None:
            return
        if now >= meetings.end_of(held) or meetings.headcounts(workshop):
            raise WorkshopHeld
        held.revision += 1
        db.session.add(Cancellation(workshop_id=workshop.id, group_id=workshop.group_id, cancelled_at=now))


def restore(workshop: Workshop, now: datetime) -> None:
    """Take a cancellation back. Raises WorkshopBegun from the hour of the start on."""
    with transaction():
        held = _hold(workshop)
        if meetings.cancellation(workshop) is None:
            return
        if now >= held.starts_at:
            raise WorkshopBegun
        held.revision += 1
        db.session.execute(delete(Cancellation).where(Cancellation.workshop_id == workshop.id))


def count(workshop: Workshop, counted: Counted, now: datetime) -> None:
    """Keep how many came. Earlier counts stay, so that the team sees what was corrected; the same numbers again add
    nothing. Raises WorkshopCancelled or WorkshopNotYetHere.
    """
    with transaction():
        held = _hold(workshop)
        if meetings.cancellation(workshop) is not None:
            raise WorkshopCancelled
        if now < held.starts_at:
            raise WorkshopNotYetHere
        before = meetings.headcounts(workshop)
        if before and (before[-1].present, before[-1].without_phone, before[-1].newcomers) == (
            counted.present,
            counted.without_phone,
            counted.newcomers,
        ):
            return
        db.session.add(
            Headcount(
                workshop_id=workshop.id,
                group_id=workshop.group_id,
                present=counted.present,
                without_phone=counted.without_phone,
                newcomers=counted.newcomers,
                counted_at=now,
            )
        )


def _hold(workshop: Workshop) -> Workshop:
    """The row as it is now. Until the transaction ends, nobody else decides about this workshop."""
    chosen = select(Workshop).where(Workshop.id == workshop.id).with_for_update()
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one()
