"""The push service of this machine, and people whose browsers it serves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.cast import Cast
from tests.clock import Clock
from tests.reminders.push_service import PushService, Receiver, serving
from wellbeing import worker

Told = Callable[..., Receiver]


@pytest.fixture
def service(app: Flask) -> Iterator[PushService]:
    with serving(PushService()) as running:
        app.config["LE_FIL"] = replace(app.config["LE_FIL"], push_hosts=(running.origin,))
        running.signed_with = app.config["KEYRING"].vapid_public
        yield running
        assert running.wrong == []


@pytest.fixture
def told(cast: Cast, service: PushService) -> Told:
    """Somebody's browser receives reminders: `told("Ana", days="1")`. Whoever says nothing wants all days, and news."""

    def make(name: str, hour: int = 18, days: str = "1234567", **also: str) -> Receiver:
        theirs, browser = service.receiver(), cast.browser(name)
        assert browser.post("/settings/reminders/device", data=theirs).status_code == 303
        wanted = {"hour": str(hour), "days": list(days), **(also or {"news": "1"})}
        assert browser.post("/settings/reminders", data=wanted).status_code == 303
        return service.receivers[theirs["endpoint"].rpartition("/")[2]]

    return make


@pytest.fixture
def passes(app: Flask, clock: Clock) -> Callable[[str], None]:
    """The worker makes its pass at an instant: `passes("2026-03-12T18:00+01:00")`."""

    def at(instant: str) -> None:
        clock.set(instant)
        with app.app_context():
            worker.remind(clock.now)

    return at
