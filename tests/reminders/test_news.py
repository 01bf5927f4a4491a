"""A date is cancelled or moved: those who wished to hear of it do, and whoever cancelled it learns nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import Cast
from tests.clock import Clock
from tests.reminders.conftest import Told
from tests.reminders.push_service import PushService
from wellbeing.db import db
from wellbeing.domain.reminders import TEXTS
from wellbeing.models.reminder import DateNews
from wellbeing.models.workshop import Workshop

Passes = Callable[[str], None]
NEXT_WEEK = date(2026, 3, 18)
CANCELLED = (NEXT_WEEK - date(1970, 1, 1)).days * 10 + TEXTS.index("cancelled")


@pytest.fixture
def fay(cast: Cast) -> FlaskClient:
    return cast.browser("Fay")


@pytest.fixture
def address(cast: Cast) -> str:
    """Willow's date of next week, on its facilitators' side."""
    with cast.app.app_context():
        chosen = select(Workshop.uid).where(
            Workshop.group_id == cast.groups["Willow"].id, Workshop.local_date == NEXT_WEEK
        )
        return f"/groups/{cast.groups['Willow'].uid}/workshops/{db.session.scalars(chosen).one()}"


def test_a_cancelled_date_is_said_by_day_to_those_who_wish_to_hear_of_it(
    cast: Cast, told: Told, passes: Passes, fay: FlaskClient, address: str, service: PushService
) -> None:
    """J8, step 6. Ben takes part and did not wish for news; Cleo did, and is in another group."""
    ana, ben, cleo = told("Ana"), told("Ben", days="1", keepsake="1"), told("Cleo")
    assert fay.post(f"{address}/cancellation").status_code == 303
    passes("2026-03-12T10:00+01:00")
    assert (ana.got, ben.got, cleo.got) == ([CANCELLED], [], [])
    passes("2026-03-12T18:00+01:00")
    assert ana.got == [CANCELLED]  # in the place of the reminder of that day, not beside it
    passes("2026-03-13T10:00+01:00")
    assert ana.got == [CANCELLED]  # and once


def test_news_of_the_evening_waits_for_the_morning(
    told: Told, passes: Passes, clock: Clock, fay: FlaskClient, address: str
) -> None:
    ana = told("Ana", days="", news="1")
    clock.set("2026-03-12T21:30+01:00")
    fay.post(f"{address}/cancellation")
    for instant in ("2026-03-12T21:31+01:00", "2026-03-13T08:59+01:00"):
        passes(instant)
        assert ana.got == []
    passes("2026-03-13T09:00+01:00")
    assert ana.got == [CANCELLED]


def test_a_moved_date_is_a_change_of_time(told: Told, passes: Passes, fay: FlaskClient, address: str) -> None:
    ana = told("Ana")
    moved = fay.post(f"{address}/time", data={"starts_on": "2026-03-19", "starts_at": "18:00", "minutes": "90"})
    assert moved.status_code == 303
    passes("2026-03-12T10:00+01:00")
    assert ana.got == [TEXTS.index("changed")]


def test_a_date_brought_back_before_anybody_was_told_is_no_cancellation(
    told: Told, passes: Passes, fay: FlaskClient, address: str
) -> None:
    ana = told("Ana")
    fay.post(f"{address}/cancellation")
    passes("2026-03-12T07:00+01:00")
    fay.post(f"{address}/cancellation/end")
    passes("2026-03-12T09:00+01:00")
    assert [number % 10 for number in ana.got] == [TEXTS.index("changed")]


def test_many_cancelled_dates_make_one_message(
    cast: Cast, told: Told, passes: Passes, fay: FlaskClient, address: str
) -> None:
    ana = told("Ana")
    with cast.app.app_context():
        chosen = select(Workshop.uid).where(
            Workshop.group_id == cast.groups["Willow"].id, Workshop.starts_at > cast.now
        )
        theirs = list(db.session.scalars(chosen))
    for uid in theirs:
        fay.post(f"/groups/{cast.groups['Willow'].uid}/workshops/{uid}/cancellation")
    passes("2026-03-12T10:00+01:00")
    passes("2026-03-13T10:00+01:00")
    assert ana.got == [(date(2026, 3, 12) - date(1970, 1, 1)).days * 10 + TEXTS.index("cancelled")]


def test_what_is_over_is_told_to_nobody(cast: Cast, told: Told, passes: Passes, fay: FlaskClient, address: str) -> None:
    ana = told("Ana", days="", news="1")
    cast.browser("Ana").post("/streak/pause", data={"until": ""})
    fay.post(f"{address}/cancellation")
    passes("2026-03-12T10:00+01:00")
    cast.browser("Ana").post("/streak/pause/end")
    passes("2026-03-19T10:00+01:00")
    assert ana.got == []
    with cast.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(DateNews)) == 0


def test_whoever_cancels_sees_the_same_page_before_and_after_people_are_told(
    cast: Cast, told: Told, passes: Passes, clock: Clock, fay: FlaskClient, address: str
) -> None:
    ana, pages = told("Ana"), (f"/groups/{cast.groups['Willow'].uid}", address)
    fay.post(f"{address}/cancellation")
    clock.set("2026-03-12T10:00+01:00")
    before = [fay.get(page).data for page in pages]
    passes("2026-03-12T10:00+01:00")
    assert ana.got == [CANCELLED]
    assert [fay.get(page).data for page in pages] == before
