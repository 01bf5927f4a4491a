"""Sending what is due. A person is claimed, and the day with them, in one transaction; then the message leaves.

Several workers may do this at once: a person is whose worker changed `next_at` first, and a day holds one message by
its primary key. A worker that is killed leaves the one message it had in hand unsent, and nothing is sent twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from wellbeing.db import db, transaction
from wellbeing.domain.days import today_in
from wellbeing.domain.reminders import Message, Past, decide, look_again
from wellbeing.keyring import Unreadable
from wellbeing.keyring.current import current_keyring
from wellbeing.models.entry import Entry
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.reminder import DateNews, Reminder, Sent
from wellbeing.reminders import delivery
from wellbeing.reminders.delivery import Browser
from wellbeing.reminders.operations.spreading import spread
from wellbeing.reminders.queries.due import Due, devices_of, due
from wellbeing.vault.people import data_key_in

AT_ONCE = 200
LONGEST = 45  # seconds of one pass: the rest of the worker's work waits no longer
RESTS, LONGEST_REST = timedelta(hours=1), timedelta(days=7)


def remind(now: datetime) -> None:
    """Send what is due. Raises ExceptionGroup of what went wrong for one person or another, once all were looked at."""
    spread(now)
    began, silent, failures = perf_counter(), set[str](), list[Exception]()
    while perf_counter() - began < LONGEST and len(failures) < AT_ONCE and (found := due(now, AT_ONCE)):
        for one in found:
            try:
                _look(one, now, silent)
            except Exception as failure:  # noqa: BLE001 - one person's trouble holds up nobody else
                failures.append(failure)
            if perf_counter() - began >= LONGEST:
                break
    if failures:
        raise ExceptionGroup("reminders", failures)


def _look(one: Due, now: datetime, silent: set[str]) -> None:
    """Look at one person; `silent` holds the push services that did not answer in this pass."""
    message, past = decide(now, one.wish, one.past, one.facts) if one.reachable else (None, one.past)
    if not _claim(one, message, past, now) or message is None:
        return
    reached = [_send(message.number, device, now, silent) for device in devices_of(one.person_id, now)]
    if message.invites and not any(reached):
        _take_back(one, past)


def _claim(one: Due, message: Message | None, past: Past, now: datetime) -> bool:
    """Whether this worker is the one that looked, and what it decided still holds. Else somebody looks again."""
    today = today_in(one.wish.zone, now)
    waits = bool(one.facts.news) and (message is None or message.invites)
    # the person may have noted something since they were read
    moved = _MOVED_UNLESS_NOTED if message is not None and message.invites else _MOVED
    values = {
        "whose": one.person_id,
        "today": today,
        "seen": one.next_at,
        "next_at": look_again(now, one.wish, waits) if one.reachable else None,
        "asked_on": past.asked_on,
        "unanswered": past.unanswered,
        "silent_until": past.silent_until,
    }
    try:
        with transaction():
            if not db.session.execute(moved, values).first():
                return False
            if message is not None:
                db.session.execute(_TAKEN, {"person_id": one.person_id, "on_day": today})
                if not message.invites:
                    db.session.execute(_TOLD, {"whose": one.person_id})
    except IntegrityError:
        return False
    return True


def _send(number: int, device: Any, now: datetime, silent: set[str]) -> bool:
    """Whether the push service took it. A browser that is gone is forgotten; one that fails rests, longer each time."""
    try:
        browser = _opened(device)
    except Unreadable:
        return False
    db.session.commit()  # ends the reading: nothing of the database is held while the network is waited for
    outcome = "unreachable" if browser.host in silent else delivery.deliver(number, browser)
    if outcome == "unreachable":
        silent.add(browser.host)
    if outcome == "sent" and not device.failures:
        return True
    this = PushSubscription.person_id == device.person_id, PushSubscription.id == device.id
    with transaction():
        if outcome == "gone":
            db.session.execute(delete(PushSubscription).where(*this))
        elif outcome == "sent":
            db.session.execute(update(PushSubscription).where(*this).values(failures=0, rests_until=None))
        else:
            failures = device.failures + 1
            rest = min(RESTS * 2 ** min(failures, 10), LONGEST_REST)
            values = {"failures": failures, "rests_until": now + rest}
            db.session.execute(update(PushSubscription).where(*this).values(**values))
    return outcome == "sent"


def _opened(device: Any) -> Browser:
    key = data_key_in(current_keyring(), device.person_uid, device.key)
    return Browser(
        *(
            key.decrypted(f"push_subscription.{name}", device.uid, getattr(device, name))
            for name in ("endpoint", "p256dh", "auth")
        )
    )


def _take_back(one: Due, past: Past) -> None:
    """Nobody saw it, so nobody ignored it. The day stays taken."""
    with transaction():
        unseen = Reminder.person_id == one.person_id, Reminder.asked_on == past.asked_on, Reminder.unanswered > 0
        db.session.execute(update(Reminder).where(*unseen).values(unanswered=Reminder.unanswered - 1))


# Asked for each of thousands, and therefore built once: building a statement costs more than asking it. Of tables and
# not of what is mapped to them, since a change of the latter is built anew each time.
_REMINDERS, _DAYS, _NEWS, _ENTRIES = (cast(Table, table.__table__) for table in (Reminder, Sent, DateNews, Entry))
_MOVED = (
    update(_REMINDERS)
    .where(_REMINDERS.c.person_id == bindparam("whose"), _REMINDERS.c.next_at == bindparam("seen"))
    .values({name: bindparam(name) for name in ("next_at", "asked_on", "unanswered", "silent_until")})
    .returning(_REMINDERS.c.person_id)
)
_MOVED_UNLESS_NOTED = _MOVED.where(
    ~exists(
        select(_ENTRIES.c.id).where(
            _ENTRIES.c.person_id == bindparam("whose"), _ENTRIES.c.local_date == bindparam("today")
        )
    )
)
_TAKEN = insert(_DAYS)
_TOLD = delete(_NEWS).where(_NEWS.c.person_id == bindparam("whose"))
