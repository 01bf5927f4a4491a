"""The pictures of the README and of the install sheet: a made-up group's pages, taken anew at every run.

They must look like those that are kept in `docs/pictures/` and `static/screenshots/`; when the look has changed, keep
the new ones with `PICTURES=keep .venv/bin/python -m pytest tests/browser/test_pictures.py`, and look at them.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Live
from tests.cast import Cast
from tests.conftest import Clock
from wellbeing.config import ROOT

README = ROOT / "docs" / "pictures"
INSTALLING = ROOT / "static" / "screenshots"
HEAVIEST = 60_000  # bytes of one picture: a README is read on telephones, too
FIRST = datetime(2026, 10, 1, 18, 40, tzinfo=UTC)
MOODS = (3, 2, 4, 4, 0, 3, 5, 4, 0, 1, 3, 4, 4, 0, 0, 5, 2, 3, 4, 4)  # 0: nothing noted that day
LAST = FIRST + timedelta(days=52)
TONGUES = {"fr": ("Danse du mardi", "Danse douce", "fr-FR"), "en": ("Tuesday dance", "Gentle dance", "en-GB")}
WIDTHS = {"narrow": (360, 740, 1.5), "wide": (1280, 800, 1)}


def a_season(app: Flask, live: Live, clock: Clock, tongue: str) -> Cast:
    """Ana has noted her moods for seven weeks in this language, and come on Tuesdays; Fay has counted who was there."""
    cast = Cast(app, clock.set(FIRST))
    group, title, _ = TONGUES[tongue]
    willow = cast.group(group)
    tuesdays = [FIRST.replace(hour=17, minute=30) + timedelta(days=5 + 7 * week) for week in range(9)]
    dates = [cast.workshop(group, tuesday, title=title) for tuesday in tuesdays]
    cast.takes_part("Ana", group, locale=tongue)
    cast.facilitates("Fay", group)
    ana, fay = cast.browser("Ana"), cast.browser("Fay")
    here = {"Origin": live.url}
    for day in range((LAST - FIRST).days):
        clock.set(FIRST + timedelta(days=day))
        if mood := MOODS[day % len(MOODS)]:
            form = {"op_id": str(uuid.uuid4()), "mood": mood}
            assert ana.post("/journal", data=form, headers=here).status_code == 303
    clock.set(LAST)
    for place, date in enumerate(one for one in dates if one.starts_at < LAST):
        counted = {"present": str(9 + place % 4), "without_phone": "1"}
        address = f"/groups/{willow.uid}/workshops/{date.uid}/headcount"
        assert fay.post(address, data=counted, headers=here).status_code == 303
    assert fay.post("/settings", data={"locale": tongue}, headers=here).status_code == 303
    return cast


def opened(cast: Cast, live: Live, browser: Browser, who: str, width: str, locale: str) -> Page:
    wide, high, scale = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high}, device_scale_factor=scale, locale=locale, service_workers="block"
    )
    cookie = cast.browser(who).get_cookie("fil")
    assert cookie is not None
    context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])
    return context.new_page()


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_pictures_show_the_pages_as_they_are(
    app: Flask, live: Live, clock: Clock, browser: Browser, tmp_path: Path, tongue: str
) -> None:
    cast = a_season(app, live, clock, tongue)
    group, _, locale = TONGUES[tongue]
    ana, fay = (opened(cast, live, browser, who, "narrow", locale) for who in ("Ana", "Fay"))
    shown = {"today": (ana, "/"), "notes": (ana, "/journal"), "group": (fay, f"/groups/{cast.groups[group].uid}")}
    taken = {README / f"{name}-{tongue}.webp": where for name, where in shown.items()}
    if tongue == "fr":
        desk = opened(cast, live, browser, "Ana", "wide", locale)
        taken |= {
            INSTALLING / "today-narrow.png": (ana, "/"),
            INSTALLING / "journal-narrow.png": (ana, "/journal"),
            INSTALLING / "today-wide.png": (desk, "/"),
        }
    for kept, (page, address) in taken.items():
        page.goto(live.url + address)
        seen = tmp_path / kept.name
        take(page, seen)
        if os.environ.get("PICTURES") == "keep":
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(seen.read_bytes())
        assert unlike(seen, kept) < 12, f"{kept.name} no longer looks like its page"
        assert kept.stat().st_size < HEAVIEST


def test_no_picture_is_kept_that_nobody_takes() -> None:
    assert {path.name for path in README.iterdir()} == {
        f"{name}-{tongue}.webp" for name in ("today", "notes", "group") for tongue in TONGUES
    }


def take(page: Page, into: Path) -> None:
    """A picture of what a person sees first; few colours in a PNG, which is what an install sheet is sure to show."""
    raw = into.with_suffix(".raw.png")
    page.screenshot(path=raw)
    with Image.open(raw) as picture:
        if into.suffix == ".webp":
            picture.convert("RGB").save(into, quality=80, method=6)
        else:
            picture.convert("RGB").quantize(64).save(into, optimize=True)


def unlike(one: Path, other: Path) -> float:
    """How far two pictures are apart, in levels of grey from 0 to 255, seen from far enough to read no letter."""
    seen = [Image.open(path).convert("L").resize((60, 120)) for path in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*seen)).mean[0])
