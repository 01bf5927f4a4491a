"""Every page, for everyone: axe finds nothing in either theme or language; nothing is cut at 320 px or 200 %."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Live
from tests.cast import CANARY, Cast

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [("light", "fr-FR"), ("dark", "fr-FR"), ("light", "en-GB"), ("dark", "en-GB")]


def pages_of(cast: Cast) -> dict[str, list[str]]:
    """Every kind of page, by who opens it; the journal holds something to show."""
    entry = uuid.uuid4()
    ana = cast.browser("Ana")
    day = (cast.now - timedelta(days=1)).date().isoformat()
    ana.post("/journal", data={"op_id": str(entry), "mood": "2", "emotions": ["joy", "stress"], "note": CANARY})
    willow = cast.groups["Willow"].uid
    past = next(uid for uid in cast.codes if len(uid) == 32)
    code = cast.codes["Willow"]
    return {
        "visitor": ["/", "/sign-in", "/join", f"/join?code={code}", f"/join/choices?code={code}", "/join?code=ZZZZ",
                    "/help", "/who-sees-what", "/accessibility", "/offline/fr", "/nowhere"],
        "Ana": ["/", f"/?saved={entry.hex}", "/journal", "/journal?month=2026-02", f"/journal/{cast.now.date()}",
                f"/journal/{day}", f"/journal/entries/{entry.hex}", f"/journal/entries/{entry.hex}/deletion",
                "/workshops", f"/workshops/{past}", "/c", f"/c/{cast.codes[past]}", "/streak", "/settings",
                f"/groups/{willow}", f"/groups/{willow}/membership/end"],
        "Fay": ["/groups", "/groups/new", f"/groups/{willow}", f"/groups/{willow}/workshops",
                f"/groups/{willow}/workshops/{past}", f"/groups/{willow}/workshops/{past}/code",
                f"/groups/{willow}/workshops/{past}/cancellation", f"/groups/{willow}/code",
                f"/groups/{willow}/poster", f"/groups/{willow}/trends", f"/groups/{willow}/report"],
        "Sam": ["/organisation", "/organisation/counts"],
    }  # fmt: skip


@pytest.fixture
def opened(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> Callable[..., dict[str, Page]]:
    """A page for each kind of person, signed in, in the look asked for."""

    def open_all(**chosen: object) -> dict[str, Page]:
        found: dict[str, Page] = {}
        for who in ("visitor", "Ana", "Fay", "Sam"):
            context = new_context(**chosen)
            if who != "visitor":
                kept = cast.browser(who).get_cookie("fil", domain="localhost")
                assert kept is not None
                context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
                if str(chosen.get("locale", "fr")).startswith("en"):
                    cast.browser(who).post("/settings", data={"locale": "en"})
            found[who] = context.new_page()
        return found

    return open_all


@pytest.mark.parametrize(("theme", "locale"), LOOKS)
def test_axe_finds_nothing_on_any_page(
    cast: Cast, opened: Callable[..., dict[str, Page]], theme: str, locale: str
) -> None:
    people = opened(color_scheme=theme, locale=locale)
    found = []
    for who, addresses in pages_of(cast).items():
        for address in addresses:
            page = people[who]
            page.goto(address)
            assert page.locator("html").get_attribute("lang") == locale[:2] or address.startswith("/offline")
            assert page.locator("h1").count() == 1, f"{who} {address} has no single heading"
            for rule in Axe().run(page, options=RULES).response["violations"]:
                found += [f"{who} {address}: {rule['id']} {node['target']}" for node in rule["nodes"]]
    assert found == []


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%"), (1280, "100%")])
def test_nothing_overflows_and_no_target_is_too_small(
    cast: Cast, opened: Callable[..., dict[str, Page]], width: int, size: str
) -> None:
    people = opened(viewport={"width": width, "height": 740})
    wrong = []
    for who, addresses in pages_of(cast).items():
        for address in addresses:
            page = people[who]
            page.goto(address)
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                wrong.append(f"{who} {address} is {over} px too wide")
            small = page.evaluate(
                """() => [...document.querySelectorAll('button, .button, nav a, input:not([type=hidden]), select')]
                  .filter(e => e.offsetParent && !e.closest('label') && e.getBoundingClientRect().height < 43.5)
                  .map(e => e.outerHTML.slice(0, 90))"""
            )
            wrong += [f"{who} {address}: too small: {what}" for what in small]
    assert wrong == []


def test_help_and_the_promises_are_one_tap_away_from_every_page(
    cast: Cast, opened: Callable[..., dict[str, Page]]
) -> None:
    people = opened()
    for who, addresses in pages_of(cast).items():
        for address in addresses:
            page = people[who]
            page.goto(address)
            for name in ("Besoin d’aide", "Qui voit quoi ?"):
                link = page.get_by_role("banner").get_by_role("link", name=name)
                assert link.is_visible(), f"{name} is not in sight on {address}"
                box = link.bounding_box()
                assert box is not None
                assert box["height"] >= 44
                assert box["y"] < 60


def test_everything_is_reached_by_keyboard_in_reading_order(cast: Cast, opened: Callable[..., dict[str, Page]]) -> None:
    page = opened()["Ana"]
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent.trim()") == "Aller au contenu"
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement; const r = e.getBoundingClientRect();
               const s = getComputedStyle(e);
               return [e.tagName, e.textContent.trim().slice(0, 30), r.top + scrollY, s.outlineStyle] }"""
        )
        if here[0] == "BODY":
            break
        assert here[3] != "none", f"the focus is not seen on {here}"
        seen.append(here[1])
    assert any("bien" in text for text in seen)
    assert seen.index("Besoin d’aide") < next(i for i, text in enumerate(seen) if "difficile" in text)
