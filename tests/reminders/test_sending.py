"""What is sent, to whom, when, and how often; checked by a push service that decrypts what it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, text, update

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.reminders.conftest import Told
from tests.reminders.push_service import PushService
from wellbeing import worker
from wellbeing.db import db, transaction
from wellbeing.domain.reminders import TEXTS
from wellbeing.models.person import PersonKey
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.reminder import Reminder
from wellbeing.models.sign_in import SignIn

Passes = Callable[[str], None]
THURSDAY = "2026-03-12T18:00+01:00"


def evening(day: int) -> datetime:
    """Six o'clock in Paris, so many days after that Thursday, whatever the clocks do meanwhile."""
    return datetime(2026, 3, 12, 18, tzinfo=ZoneInfo("Europe/Paris")) + timedelta(days=day)


def texts(numbers: list[int]) -> list[str]:
    return [TEXTS[number % 10] for number in numbers]


def test_a_reminder_comes_at_the_chosen_hour_and_says_nothing_but_a_number(
    cast: Cast, told: Told, passes: Passes, service: PushService
) -> None:
    ana = told("Ana")
    passes("2026-03-12T17:59+01:00")
    assert ana.got == []
    passes(THURSDAY)
    assert texts(ana.got) == ["whenever"] or texts(ana.got) == ["moment"]
    assert {len(body) for body in service.bodies} == {231}  # 128, and what encrypting adds
    [headers] = service.headers
    assert headers["Ttl"] == "43200"
    assert not any(CANARY in value for value in headers.values())
    passes("2026-03-12T18:01+01:00")
    assert len(ana.got) == 1


def test_nobody_is_told_who_did_not_ask(cast: Cast, told: Told, passes: Passes, service: PushService) -> None:
    told("Ana", days="")
    passes(THURSDAY)
    assert service.asked == []


def test_two_a_week_and_none_for_fourteen_days_after_three_that_came_to_nothing(
    cast: Cast, told: Told, clock: Clock
) -> None:
    ana, days = told("Ana"), []
    for day in range(40):
        clock.set(evening(day))
        with cast.app.app_context():
            worker.remind(clock.now)
        if len(ana.got) > len(days):
            days.append(day)
    assert days == [0, 1, 7, 22, 23, 29]
    assert texts(ana.got)[3] == "open"


def test_somebody_who_notes_something_is_reminded_on(cast: Cast, told: Told, clock: Clock) -> None:
    ana, days = told("Ana"), []
    for day in range(15):
        clock.set(evening(day))
        with cast.app.app_context():
            worker.remind(clock.now)
        if len(ana.got) > len(days):
            days.append(day)
            clock.advance(hours=1)
            cast.browser("Ana").post("/journal", data={"mood": "3"})
    assert days == [0, 1, 7, 8, 14]


def test_a_day_already_noted_is_left_in_peace(cast: Cast, told: Told, passes: Passes, clock: Clock) -> None:
    ana = told("Ana")
    clock.set("2026-03-12T08:00+01:00")
    assert cast.browser("Ana").post("/journal", data={"mood": "3"}).status_code == 303
    passes(THURSDAY)
    assert ana.got == []
    passes("2026-03-13T18:00+01:00")
    assert len(ana.got) == 1


def test_a_pause_is_silent(cast: Cast, told: Told, passes: Passes) -> None:
    ana = told("Ana")
    assert cast.browser("Ana").post("/streak/pause", data={"until": "2026-03-13"}).status_code == 303
    passes(THURSDAY)
    passes("2026-03-13T18:00+01:00")
    assert ana.got == []
    passes("2026-03-14T18:00+01:00")
    assert len(ana.got) == 1


def test_after_an_outage_of_an_hour_nothing_comes_late(cast: Cast, told: Told, passes: Passes) -> None:
    ana = told("Ana")
    passes("2026-03-12T19:00+01:00")
    assert ana.got == []
    passes("2026-03-13T18:59+01:00")
    assert len(ana.got) == 1


@pytest.mark.parametrize(
    ("zone", "before", "at"),
    [
        ("Pacific/Kiritimati", "2026-03-12T03:59Z", "2026-03-12T04:00Z"),
        ("Pacific/Pago_Pago", "2026-03-13T04:59Z", "2026-03-13T05:00Z"),
        ("Europe/Paris", "2026-03-29T15:59Z", "2026-03-29T16:00Z"),  # the clocks went forward that night
    ],
)
def test_the_hour_is_the_one_where_the_person_lives(
    cast: Cast, told: Told, passes: Passes, clock: Clock, zone: str, before: str, at: str
) -> None:
    ana = told("Ana")
    clock.set(datetime.fromisoformat(before) - timedelta(hours=20))
    assert cast.browser("Ana").post("/settings", data={"timezone": zone}).status_code == 303
    with cast.app.app_context():
        worker.remind(clock.now)
    ana.got.clear()
    with cast.app.app_context(), transaction():
        db.session.execute(text("DELETE FROM reminder_sent"))
    passes(before)
    assert ana.got == []
    passes(at)
    assert len(ana.got) == 1


def test_the_day_of_a_workshop_and_the_day_before_have_their_own_words(
    cast: Cast, told: Told, passes: Passes, clock: Clock
) -> None:
    """Willow meets on Thursday and in a week at 19:00, where it meets."""
    ana, ben = told("Ana", days="", workshops="1"), told("Ben", hour=20, days="", workshops="1")
    passes(THURSDAY)
    assert ana.got == [(19 * 60) * 10 + TEXTS.index("today")]
    assert ben.got == []
    passes("2026-03-17T20:00+01:00")  # the last of Ben's hours before Willow meets on the 18th at 19:00
    assert texts(ben.got) == ["tomorrow"]


def test_what_was_taken_away_is_announced_the_day_before_only_if_there_is_something(
    cast: Cast, told: Told, passes: Passes, clock: Clock
) -> None:
    ana, ben = told("Ana", days="", keepsake="1"), told("Ben", days="", keepsake="1")
    with cast.app.app_context():
        uid = db.session.scalar(
            text("SELECT uid FROM workshop WHERE group_id = :g ORDER BY starts_at"), {"g": cast.groups["Willow"].id}
        )
    kept = cast.browser("Ana").put(f"/workshops/{uid}/after", data={"mood": "4", "keepsake": CANARY})
    assert kept.status_code in (200, 303)
    passes("2026-03-17T18:00+01:00")  # Willow meets on the 18th
    assert (texts(ana.got), ben.got) == (["tomorrow"], [])


def test_a_browser_that_is_gone_is_forgotten_and_one_that_fails_rests(
    cast: Cast, told: Told, passes: Passes, service: PushService, clock: Clock
) -> None:
    told("Ana")
    service.status = 410
    passes(THURSDAY)
    with cast.app.app_context():
        assert list(db.session.scalars(select(PushSubscription.id))) == []
    told("Ben")
    for status in (500, 429, 403, 301):
        service.status = status
        with cast.app.app_context(), transaction():
            db.session.execute(text("DELETE FROM reminder_sent"))
            db.session.execute(update(PushSubscription).values(rests_until=None))
            db.session.execute(update(Reminder).values(next_at=clock.now))
        before = len(service.asked)
        with cast.app.app_context():
            worker.remind(clock.now)
        assert len(service.asked) == before + 1
    with cast.app.app_context():
        device = db.session.scalars(select(PushSubscription)).one()
        assert (device.failures, device.rests_until) == (4, clock.now + timedelta(hours=16))
        ben = db.session.scalars(select(Reminder).where(Reminder.person_id == cast.people["Ben"].person.id)).one()
        assert ben.unanswered == 0  # nobody ignores what never came
        with transaction():
            db.session.execute(text("DELETE FROM reminder_sent"))
            db.session.execute(update(Reminder).values(next_at=clock.now))
        service.status, asked = 201, len(service.asked)
        worker.remind(clock.now)
        assert len(service.asked) == asked  # it rests


def test_a_device_that_was_signed_out_or_expired_receives_nothing(
    cast: Cast, told: Told, passes: Passes, service: PushService
) -> None:
    told("Ana"), told("Ben")
    assert cast.browser("Ana").post("/sign-out").status_code == 303
    with cast.app.app_context(), transaction():
        ben = cast.people["Ben"].person.id
        db.session.execute(update(SignIn).where(SignIn.person_id == ben).values(revoked_at=cast.now))
    passes(THURSDAY)
    assert service.asked == []
    with cast.app.app_context():
        assert [row.person_id for row in db.session.scalars(select(PushSubscription))] == [ben]
        assert db.session.scalar(select(Reminder.next_at).where(Reminder.person_id == ben)) is None


def test_one_persons_trouble_holds_up_nobody_else(cast: Cast, told: Told, passes: Passes, service: PushService) -> None:
    told("Ana")
    ben = told("Ben")
    with cast.app.app_context(), transaction():
        db.session.execute(delete(PersonKey).where(PersonKey.person_id == cast.people["Ana"].person.id))
    passes(THURSDAY)
    assert (len(service.asked), len(ben.got)) == (1, 1)


def test_workers_at_the_same_time_send_once(cast: Cast, told: Told, clock: Clock, service: PushService) -> None:
    """While one worker is sending to Ana, another makes a whole pass of its own."""
    ana, ben = told("Ana"), told("Ben")
    clock.set(THURSDAY)

    def another() -> None:
        service.meanwhile = lambda: None
        with cast.app.app_context():
            worker.remind(clock.now)

    service.meanwhile = another
    with cast.app.app_context():
        worker.remind(clock.now)
    assert (len(ana.got), len(ben.got)) == (1, 1)
