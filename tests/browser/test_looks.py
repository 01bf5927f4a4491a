"""One picture of each page is kept, and a page that no longer looks like it says what changed.

A change that was meant is kept with `LOOKS=keep .venv/bin/python -m pytest tests/browser/test_looks.py`, which leaves
every other picture as it is, and looked at in the commit: `tests/browser/looks/` holds, for each page, a small picture
and the lines that are compared.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Live
from tests.browser.looking import FAINT, changes, dress, keep, told, unlike
from tests.browser.test_for_everyone import pages_of
from tests.cast import Cast
from tests.teams.record import membership

LOOKS = Path(__file__).parent / "looks"
UPDATE = "LOOKS=keep .venv/bin/python -m pytest tests/browser/test_looks.py"
NewContext = Callable[..., BrowserContext]
# Files and answers that no one looks at.
NO_PAGE = re.compile(r"\.(csv|json|ics|js|webmanifest)$|^/(sync|healthz)$|^/shell/")


def every_page(cast: Cast) -> dict[str, list[str]]:
    """Those that are looked at for everyone, and those that need something of their own first."""
    pages, answers = pages_of(cast), uuid.uuid4()
    cast.browser("Ana").post("/check-ups/ons_lonely", data={"op_id": str(answers), "item_lonely": "3"})
    willow, past = cast.groups["Willow"].uid, next(uid for uid in cast.codes if len(uid) == 32)
    pages["visitor"] += ["/setup", "/help/fr", "/help/en"]
    pages["Ana"] += ["/settings/keys", "/settings/reminders", "/settings/erasure", "/step-up",
                     f"/check-ups/answers/{answers.hex}/deletion",
                     f"/workshops/{past}/before", f"/workshops/{past}/after"]  # fmt: skip
    pages["Sam"] += [
        f"/organisation/groups/{willow}/{membership(cast, 'Hugo')}/end",
        f"/organisation/groups/{willow}/closing",
    ]
    return {who: list(dict.fromkeys(addresses)) for who, addresses in pages.items()}


def named(who: str, address: str, cast: Cast) -> str:
    """A name for a file, the same at every run."""
    place = re.sub(r"[0-9a-f]{32}", "it", address)
    for code in cast.codes.values():
        place = place.replace(code, "code")
    place = re.sub(r"invitations/[^/]+", "invitation", place)
    return f"{who.lower()}-{re.sub(r'[^a-z0-9]+', '-', place.lower()).strip('-') or 'home'}"


def a_phone(cast: Cast, live: Live, new_context: NewContext, who: str, **chosen: object) -> Page:
    # Without the worker, which opens a store when it comes, and then the page of signing in offers to empty it.
    quiet = {"device_scale_factor": 1, "reduced_motion": "reduce", "service_workers": "block"}
    context = dress(new_context(**{**quiet, **chosen}))
    phone = cast.stranger() if who == "visitor" else cast.browser(who)
    if kept := phone.get_cookie("fil", domain="localhost"):
        context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
    return context.new_page()


def apart(name: str, lines: list[str], picture: Image.Image) -> list[str]:
    """What this page no longer has in common with its kept look."""
    if not (LOOKS / f"{name}.txt").exists():
        return ["no picture is kept of it"]
    if changed := changes((LOOKS / f"{name}.txt").read_text(encoding="utf-8").splitlines(), lines):
        return changed
    with Image.open(LOOKS / f"{name}.webp") as kept:
        far = unlike(kept, picture)
    return [f"its picture is {far:.0f} apart, though every element is in its place"] if far > FAINT else []


def test_no_page_is_forgotten(cast: Cast, app: Flask) -> None:
    routes = app.url_map.bind("localhost")
    shown = {
        routes.match(address.split("?")[0])[0]
        for addresses in every_page(cast).values()
        for address in addresses
        if address != "/nowhere"
    }
    due = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not NO_PAGE.search(rule.rule)
        and not rule.rule.startswith(("/static", "/fragments", "/patterns"))
    }
    assert due - shown == set()


@pytest.mark.parametrize("who", ["visitor", "Ana", "Fay", "Sam"])
def test_a_page_looks_as_it_did(cast: Cast, live: Live, new_context: NewContext, tmp_path: Path, who: str) -> None:
    page = a_phone(cast, live, new_context, who)
    keeping = os.environ.get("LOOKS") == "keep"
    wrong, seen = [], set[str]()
    for address in every_page(cast)[who]:
        name = named(who, address, cast)
        name = name if name not in seen else f"{name}-too"
        seen.add(name)
        page.goto(address)
        lines, picture = told(page)
        if apart(name, lines, picture):  # on a busy machine a page may still have been settling
            page.goto(address)
            page.wait_for_load_state("networkidle")
            lines, picture = told(page)
        if changed := apart(name, lines, picture):
            wrong += [] if keeping else [f"{name}: {what}" for what in changed[:4]]
            keep((LOOKS if keeping else tmp_path) / name, lines, picture)
    spare = {path.stem for path in LOOKS.glob(f"{who.lower()}-*")} - seen
    wrong += [f"{name}: kept, and no longer a page" for name in sorted(spare)]
    said = "\n".join(wrong)
    assert not wrong, f"{said}\nThe new pictures are in {tmp_path}. If this was meant: {UPDATE}"


OFFENCES = {
    "document.querySelector('.button').style.backgroundColor = 'rgb(31, 78, 160)'": "background-color",
    "document.querySelector('.button').style.marginTop = '4px'": "margin-top",
    "document.querySelector('main').style.paddingTop = '20px'": "padding-top",
    "document.querySelector('main').style.color = 'rgb(27, 33, 49)'": "color",
    "document.querySelector('h1').style.height = '60px'": "stands elsewhere",
    "document.querySelector('h1').remove()": "another element",
}


def test_a_colour_or_a_margin_that_moved_is_seen(cast: Cast, live: Live, new_context: NewContext) -> None:
    page = a_phone(cast, live, new_context, "visitor")
    for offence, said in OFFENCES.items():
        page.goto("/join")
        before, _ = told(page)
        assert changes(before, told(page)[0]) == []
        page.evaluate(f"() => {{ {offence} }}")
        assert any(said in each for each in changes(before, told(page)[0])), offence


def test_a_drawing_that_changed_is_seen(cast: Cast, live: Live, new_context: NewContext) -> None:
    page = a_phone(cast, live, new_context, "Ana")
    page.goto("/")
    before, kept = told(page)
    page.evaluate("() => document.querySelector('main .mood svg').replaceChildren()")
    assert any("drawn" in each for each in changes(before, told(page)[0]))
    page.evaluate("() => document.querySelectorAll('.mood').forEach(e => { e.style.filter = 'invert(1)' })")
    assert unlike(kept, told(page)[1]) > FAINT


@pytest.mark.parametrize("scale", [1.5, 3])
def test_another_screen_tells_the_same(cast: Cast, live: Live, new_context: NewContext, scale: float) -> None:
    one, other = (
        a_phone(cast, live, new_context, "visitor", device_scale_factor=each, locale=tongue)
        for each, tongue in ((1, "fr-FR"), (scale, "fr-CA"))
    )
    for address in ("/", "/join", "/help", "/who-sees-what", "/install"):
        one.goto(address)
        other.goto(address)
        (before, kept), (after, seen) = told(one), told(other)
        assert changes(before, after) == [], address
        assert unlike(kept, seen) < FAINT
