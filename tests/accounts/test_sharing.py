"""« Cet appareil est partagé, ou n’est pas à moi », said in the settings once one is inside."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.clock import Clock

SHARED = 'data-shared="true"'


@pytest.fixture
def ana(cast: Cast) -> FlaskClient:
    client = cast.stranger()
    client.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    assert SHARED not in client.get("/settings").text
    return client


def test_it_then_closes_with_the_browser_or_after_thirty_quiet_minutes(ana: FlaskClient, clock: Clock) -> None:
    said = ana.post("/settings/shared")
    assert (said.status_code, said.location) == (303, "/settings?said=consent.changed")
    sent = [value for name, value in said.headers if name == "Set-Cookie"]
    assert sent
    assert all("Expires" not in value and "Max-Age" not in value for value in sent)
    shown = ana.get("/settings").text
    assert SHARED in shown
    assert "/settings/shared" not in shown
    clock.advance(minutes=29)
    assert ana.get("/settings").status_code == 200
    clock.advance(minutes=31)
    assert ana.get("/settings").status_code == 303


def test_it_never_makes_a_device_stay_open_longer(ana: FlaskClient, clock: Clock) -> None:
    ana.post("/settings/shared")
    for _ in range(25):
        clock.advance(minutes=28)
        assert ana.post("/settings/shared").status_code == 303
    clock.advance(minutes=25)
    assert ana.get("/settings").status_code == 303  # twelve hours after the first time


def test_ones_other_devices_stay_ones_own(ana: FlaskClient, cast: Cast, clock: Clock) -> None:
    ana.post("/settings/shared")
    clock.advance(days=2)
    assert ana.get("/settings").status_code == 303
    mine = cast.browser("Ana").get("/settings")
    assert mine.status_code == 200
    assert SHARED not in mine.text
    assert SHARED not in cast.browser("Cleo").get("/settings").text


def test_nobody_says_it_without_being_inside(cast: Cast) -> None:
    assert cast.stranger().post("/settings/shared").status_code == 401
