"""The pictures of the README and of the install sheet: a made-up person's pages, taken anew at every run.

They must look like those that are kept in `static/screenshots/`; when the look has changed, keep the new ones with
`PICTURES=keep .venv/bin/python -m pytest tests/browser/test_pictures.py`.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser

from tests.browser.conftest import Live
from tests.cast import Cast
from tests.conftest import Clock
from wellbeing.config import ROOT

KEPT = ROOT / "static" / "screenshots"
FIRST = datetime(2026, 10, 1, 18, 40, tzinfo=UTC)
MOODS = (3, 2, 4, 4, 0, 3, 5, 4, 0, 1, 3, 4, 4, 0, 0, 5, 2, 3, 4, 4)  # 0: nothing noted that day
LAST = FIRST + timedelta(days=52)
TAKEN = {"narrow": (360, 740, 1.5, ("today", "journal")), "wide": (1280, 800, 1, ("today",))}
ADDRESSES = {"today": "/", "journal": "/journal"}


def test_the_pictures_show_the_pages_as_they_are(
    app: Flask, live: Live, clock: Clock, browser: Browser, tmp_path: Path
) -> None:
    into = KEPT if os.environ.get("PICTURES") == "keep" else tmp_path
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
    for form, (width, height, scale, names) in TAKEN.items():
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, device_scale_factor=scale, locale="fr-FR")
        context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])
        page = context.new_page()
        for name in names:
            page.goto(live.url + ADDRESSES[name])
            picture = into / f"{name}-{form}.png"
            page.screenshot(path=picture)
            Image.open(picture).convert("RGB").quantize(64).save(picture, optimize=True)
    for picture in sorted(KEPT.glob("*.png")):
        assert unlike(into / picture.name, picture) < 12, f"{picture.name} no longer looks like its page"


def unlike(one: Path, other: Path) -> float:
    """How far two pictures are apart, in levels of grey from 0 to 255, seen from far enough to read no letter."""
    seen = [Image.open(path).convert("L").resize((60, 120)) for path in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*seen)).mean[0])
