"""When presence may be noted (docs/thread.md, rule 12). Instants are aware, zones are names of time zones."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from wellbeing.domain.days import local_date_of, today_in
from wellbeing.domain.refusals import WorkshopNotYetHere, WorkshopTooOld
from wellbeing.domain.zones import zone_of

OPENS_BEFORE = timedelta(minutes=60)
CLOSES_AFTER = timedelta(hours=24)
DECLARED_WITHIN = timedelta(days=14)


def code_is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """From 60 minutes before the start to 24 hours after the end, both included."""
    return starts_at - OPENS_BEFORE <= now <= ends_at + CLOSES_AFTER


def check_declarable(starts_at: datetime, ends_at: datetime, zone: str, now: datetime) -> None:
    """« J’y étais » may be said from the hour before the start to 14 days after the day of the end, where the group is.

    Raises WorkshopNotYetHere or WorkshopTooOld.
    """
    if now < starts_at - OPENS_BEFORE:
        raise WorkshopNotYetHere
    if today_in(zone, now) > last_day(ends_at, zone) + DECLARED_WITHIN:
        raise WorkshopTooOld


def declarable(starts_at: datetime, ends_at: datetime, zone: str, now: datetime) -> bool:
    """Whether `check_declarable` would let it pass."""
    try:
        check_declarable(starts_at, ends_at, zone, now)
    except (WorkshopNotYetHere, WorkshopTooOld):
        return False
    return True


def last_day(ends_at: datetime, zone: str) -> date:
    """The local date on which it ended: an evening that goes on after midnight ends on the day it began."""
    return local_date_of(ends_at.astimezone(zone_of(zone)))
