"""Takes the pictures that a browser shows before installing, of a made-up person's journal:

    .venv/bin/python -m pytest tests/browser/pictures.py

They go into `static/screenshots/`. Not among the tests: it writes into the tree, and is run when the look has changed.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from flask import Flask
from playwright.sync_api import Browser

from tests.browser.conftest import Live
from tests.cast import Cast
from tests.conftest import Clock
from wellbeing.config import ROOT

INTO = ROOT / "static" / "screenshots"
FIRST = datetime(2026, 10, 1, 18, 40, tzinfo=UTC)
MOODS = (3, 2, 4, 4, 0, 3, 5, 4, 0, 1, 3, 4, 4, 0, 0, 5, 2, 3, 4, 4)  # 0: nothing noted that day
LAST = FIRST + timedelta(days=52)
TAKEN = {"narrow": (360, 740, 1.5, ("today", "journal")), "wide": (1280, 800, 1, ("today",))}
ADDRESSES = {"today": "/", "journal": "/journal"}


def test_take_the_pictures(app: Flask, live: Live, clock: Clock, browser: Browser) -> None:
    cast = Cast(app, clock.set(FIRST))
    cast.group("Danse du mardi")
    for week in range(9):
        cast.workshop("Danse du mardi", FIRST.replace(hour=17, minute=30) + timedelta(days=5 + 7 * week))
    cast.takes_part("Ana", "Danse du mardi")
    phone = cast.browser("Ana")
    for day in range((LAST - FIRST).days):
        clock.set(FIRST + timedelta(days=day))
        if mood := MOODS[day % len(MOODS)]:
            noted = phone.post(
                "/journal", data={"op_id": str(uuid.uuid4()), "mood": mood}, headers={"Origin": live.url}
            )
            assert noted.status_code == 303
    clock.set(LAST)
    cookie = phone.get_cookie("fil")
    assert cookie is not None
    INTO.mkdir(exist_ok=True)
    for form, (width, height, scale, names) in TAKEN.items():
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, device_scale_factor=scale, locale="fr-FR")
        context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])
        page = context.new_page()
        for name in names:
            page.goto(live.url + ADDRESSES[name])
            page.screenshot(path=INTO / f"{name}-{form}.png")
