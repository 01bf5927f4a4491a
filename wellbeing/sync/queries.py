"""What a phone keeps for when there is no network: the person's workshops, settings and thread, and which database."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from wellbeing import access
from wellbeing.db import db
from wellbeing.domain.stages import Span
from wellbeing.domain.zones import zone_of
from wellbeing.journal import queries as journal
from wellbeing.models.epoch import ServerEpoch
from wellbeing.models.group import Group
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.workshop import Cancellation, Slot, Workshop
from wellbeing.reflections.queries.away import Asking, askings
from wellbeing.streak import queries as streak
from wellbeing.sync.envelope import MOST_BYTES, MOST_OPS, SCHEMA
from wellbeing.web.locale import clock_time, long_day, t

BEHIND, AHEAD, MOST = timedelta(days=14), timedelta(days=21), 40
OF_A_WORKSHOP = ("attendance", "before", "after")


def epoch() -> str:
    """A random UUID that stays until a backup is restored."""
    return db.session.execute(select(ServerEpoch.uid)).scalar_one()


def heading(person_uid: str, now: datetime) -> dict[str, Any]:
    """What every answer says first; `person_uid` is a dashed UUID."""
    return {"schema": SCHEMA, "person_uid": person_uid, "server_epoch": epoch(), "now": _utc(now)}


def snapshot(person: Person, shared: bool, now: datetime) -> dict[str, Any]:
    """The answer of `GET /sync`."""
    settings = {"locale": person.locale, "zone": person.timezone}
    settings |= {"hide_streak": person.thread_hidden, "shared_device": shared, "badge": person.badge}  # type: ignore[dict-item]
    return {
        **heading(dashed(person.uid), now),
        "limits": {"ops": MOST_OPS, "bytes": MOST_BYTES},
        "settings": settings,
        "journal_on": journal.may_note(person),
        "thread": _thread(person, now),
        "workshops": _workshops(person, now),
    }


def dashed(uid: str) -> str:
    """A uid as the wire has it."""
    return str(uuid.UUID(uid))


def _thread(person: Person, now: datetime) -> dict[str, Any] | None:
    line = streak.line_for(person, now)
    return None if person.thread_hidden else {"sentences": line.sentences, "number": line.number}


def _workshops(person: Person, now: datetime) -> list[dict[str, Any]]:
    near = (
        select(
            Workshop.uid, Group.name, Group.activity, Workshop.starts_at, Workshop.minutes, Group.timezone,
            Cancellation.workshop_id.is_not(None).label("cancelled"),
        )
        .join(Group, Group.id == Workshop.group_id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(Workshop.group_id.in_(access.ids_of_groups_joined(person.id)))
        .where(Workshop.starts_at.between(now - BEHIND, now + AHEAD))
        .order_by(Workshop.starts_at, Workshop.id)
        .limit(MOST)
    )  # fmt: skip
    found = db.session.execute(near).all()
    uids = [row.uid for row in found]
    versions, parts, asked = _versions(person, uids), _parts(uids), askings(person, uids, now)
    return [_workshop(row, versions, parts[row.uid], asked[row.uid]) for row in found if row.uid in asked]


def _workshop(row: Any, versions: Mapping[str, int], parts: list[Span], asking: Asking) -> dict[str, Any]:
    zone = zone_of(row.timezone)
    return {
        "id": row.uid,
        "group": row.name,
        "activity": row.activity,
        "starts_at": row.starts_at.astimezone(zone).isoformat(timespec="seconds"),
        "ends_at": (row.starts_at + timedelta(minutes=row.minutes)).astimezone(zone).isoformat(timespec="seconds"),
        "zone": row.timezone,
        "cancelled": row.cancelled,
        **{part: versions.get(f"{part}:{row.uid}", 0) for part in OF_A_WORKSHOP},
        **asking,
        **({"time": "\n".join(_part(one, zone) for one in parts)} if parts else {}),
    }


def _part(one: Span, zone: ZoneInfo) -> str:
    """One part of a stage, as the page of the workshop says it: a line in the place of the hour."""
    start, end = one.on_clock(zone)
    return t("ws.slot", day=long_day(start.date()), start=clock_time(start), end=clock_time(end))


def _parts(uids: list[str]) -> Mapping[str, list[Span]]:
    """Of those that are stages, in order."""
    found: dict[str, list[Span]] = defaultdict(list)
    slots = select(Workshop.uid, Slot.starts_at, Slot.minutes).join(Slot, Slot.workshop_id == Workshop.id)
    for uid, starts_at, minutes in db.session.execute(slots.where(Workshop.uid.in_(uids)).order_by(Slot.starts_at)):
        found[uid].append(Span(starts_at, minutes))
    return found


def _versions(person: Person, uids: list[str]) -> dict[str, int]:
    entities = [f"{part}:{uid}" for uid in uids for part in OF_A_WORKSHOP]
    rows = db.session.execute(
        select(EntityState.entity, EntityState.version).where(
            EntityState.person_id == person.id, EntityState.entity.in_(entities)
        )
    )
    return {row.entity: row.version for row in rows}


def _utc(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
