"""Who is due, and all that decides whether something is sent to them: a few statements for many people at once.

Who is due is found by the index of `next_at`; what is asked about them is asked by their ids.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, or_, select

from wellbeing.db import db
from wellbeing.domain.days import latest_today, today_in
from wellbeing.domain.reminders import A_WEEK, Facts, Past, Wish, answered_by
from wellbeing.models.pace import Pause
from wellbeing.models.person import Person, PersonKey
from wellbeing.models.push_subscription import OF_ITS_DEVICE, PushSubscription
from wellbeing.models.reminder import Reminder, Sent
from wellbeing.models.sign_in import SignIn
from wellbeing.reminders.queries import answers, dates
from wellbeing.reminders.queries.wishes import consent_of, still_open


@dataclass(frozen=True)
class Due:
    """One person to look at. `next_at` is what was read: whoever changes it first has claimed them."""

    person_id: int
    next_at: datetime
    wish: Wish
    past: Past
    facts: Facts
    reachable: bool  # they agree, and a device of their own is open


def due(now: datetime, most: int) -> list[Due]:
    """Those whose instant has come, the longest waiting first."""
    open_device = exists(
        select(PushSubscription.id)
        .join(SignIn, OF_ITS_DEVICE)
        .where(PushSubscription.person_id == Reminder.person_id, still_open(now))
    )
    rows = db.session.execute(
        select(
            *Reminder.__table__.columns,
            Person.timezone,
            (consent_of(Reminder.person_id) & open_device).label("reachable"),
        )
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.next_at <= now)
        .order_by(Reminder.next_at)
        .limit(most)
    ).all()
    ids = [row.person_id for row in rows]
    if not ids:
        return []
    since = min([row.asked_on for row in rows if row.asked_on] + [latest_today(now) - timedelta(days=2)])
    noted, sent, pauses = answers.noted_by(ids, since), _sent(ids, now), _pauses(ids, now)
    meetings = dates.meetings_of([row.person_id for row in rows if row.workshops or row.keepsake], now)
    news = dates.news_for(ids, now)
    found = []
    for row in rows:
        today = today_in(row.timezone, now)
        facts = Facts(
            noted_on=answered_by(noted.days(row.person_id, row.timezone), today),
            paused=any(since <= today and (until is None or today <= until) for since, until in pauses[row.person_id]),
            meetings=meetings[row.person_id],
            news=news[row.person_id],
        )
        past = Past(frozenset(sent[row.person_id]), row.asked_on, row.unanswered, row.silent_until)
        days = frozenset(map(int, row.days))
        wish = Wish(row.hour, days, row.timezone, bool(row.workshops), bool(row.keepsake))
        found.append(Due(row.person_id, row.next_at, wish, past, facts, bool(row.reachable)))
    return found


def devices_of(person_id: int, now: datetime) -> list[Any]:
    """Of each open device of the person that is not resting: its subscription, boxed, and the box of their key."""
    return list(db.session.execute(_DEVICES, {"whose": person_id, "now": now}))


def _sent(ids: list[int], now: datetime) -> dict[int, list[Any]]:
    lately = latest_today(now) - timedelta(days=A_WEEK + 2)
    return _by_person(select(Sent.person_id, Sent.on_day).where(Sent.person_id.in_(ids), Sent.on_day > lately))


def _pauses(ids: list[int], now: datetime) -> dict[int, list[tuple[Any, Any]]]:
    lately = latest_today(now) - timedelta(days=2)
    running = or_(Pause.until.is_(None), Pause.until >= lately)
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for whose, since, until in db.session.execute(
        select(Pause.person_id, Pause.since, Pause.until).where(Pause.person_id.in_(ids), running)
    ):
        found[whose].append((since, until))
    return found


def _by_person(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for whose, what in db.session.execute(rows):
        found[whose].append(what)
    return found


_DEVICES = (  # asked for each of thousands, and therefore built once
    select(
        PushSubscription.person_id,
        PushSubscription.id,
        PushSubscription.uid,
        PushSubscription.endpoint,
        PushSubscription.p256dh,
        PushSubscription.auth,
        PushSubscription.failures,
        Person.uid.label("person_uid"),
        PersonKey.box.label("key"),
    )
    .join(SignIn, OF_ITS_DEVICE)
    .join(Person, Person.id == PushSubscription.person_id)
    .outerjoin(PersonKey, PersonKey.person_id == Person.id)
    .where(
        PushSubscription.person_id == bindparam("whose"),
        still_open(bindparam("now")),
        or_(PushSubscription.rests_until.is_(None), PushSubscription.rests_until <= bindparam("now")),
    )
    .order_by(PushSubscription.id)
)
