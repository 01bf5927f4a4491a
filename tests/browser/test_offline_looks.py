"""The basement, for everyone: axe finds nothing in either theme or language, and nothing is cut at 320 px."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.conftest import Live
from tests.browser.offline import phone
from tests.browser.test_for_everyone import RULES
from tests.cast import Cast

SHOTS = os.environ.get("WELLBEING_SHOTS")  # a folder, for whoever wants to look
LOOKS = [
    ("light", "fr-FR", "bien", 360, "Se déconnecter"),
    ("dark", "en-GB", "good", 320, "Sign out"),
]


@pytest.mark.parametrize(("theme", "locale", "word", "width", "out"), LOOKS)
def test_the_basement_is_for_everyone(
    new_context: Callable[..., BrowserContext],
    cast: Cast,
    live: Live,
    theme: str,
    locale: str,
    word: str,
    width: int,
    out: str,
) -> None:
    cast.workshop("Willow", cast.now + timedelta(minutes=30))
    if locale.startswith("en"):
        cast.browser("Ana").post("/settings", data={"locale": "en"})
    size = {"width": width, "height": 740}
    ana = phone(new_context(color_scheme=theme, locale=locale, viewport=size), cast, live, "Ana")
    name = f"{theme}-{locale[:2]}-{width}"
    ana.away()
    ana.page.locator(".mood", has_text=word).first.tap()
    ana.waiting("1 note")
    looked_at(ana.page, f"queued-{name}")
    ana.page.goto("/")
    ana.waiting("1 note")
    ana.page.locator(".mood[value='2']").tap()
    ana.waiting("2 notes")
    ana.page.locator("#waiting summary").first.tap()
    looked_at(ana.page, f"offline-{name}")
    epoch = cast.browser("Ana").get("/sync").json["server_epoch"]  # type: ignore[index]
    ana.context.route("**/sync", lambda route: half_refused(route, epoch))
    ana.back()
    ana.page.locator("#waiting [data-act=correct]").tap()
    looked_at(ana.page, f"correcting-{name}")
    ana.page.get_by_role("button", name=out).or_(ana.page.locator("body")).first.is_visible()
    ana.page.goto("/streak")
    ana.page.locator("#waiting [data-act=correct]").wait_for()
    ana.page.get_by_role("button", name=out).tap()
    ana.page.get_by_role("dialog").wait_for()
    looked_at(ana.page, f"leaving-{name}")


def half_refused(route: Route, epoch: str) -> None:
    """The first note is refused, the second was changed elsewhere."""
    if route.request.method != "POST":
        return route.continue_()
    asked = json.loads(route.request.post_data or "{}")
    told = [{"status": "invalid", "reason": "local_date"}, {"status": "conflict", "reason": "words"}]
    results = [{"op_id": op["op_id"], **told[min(at, 1)]} for at, op in enumerate(asked["ops"])]
    heading = {"schema": 1, "person_uid": asked["person_uid"], "server_epoch": epoch, "now": asked["sent_at"]}
    return route.fulfill(json={**heading, "results": results})


def looked_at(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], name
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, name
