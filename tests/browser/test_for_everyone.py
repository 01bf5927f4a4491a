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
from tests.groups.record import attribute
from tests.portability.record import sent
from tests.portability.test_importing import DAYLIO
from tests.teams.record import membership, team_page
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.workshop import Workshop

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Words that stick out of the frame around them, or of what scrolls; drawings, and what is only read aloud, apart.
OUTSIDE = """() => {
  const wrong = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const frames = e => { const s = getComputedStyle(e);
    return s.overflowX !== 'visible' || (s.borderLeftWidth !== '0px' && s.borderRightWidth !== '0px'); };
  while (walk.nextNode()) {
    const inside = walk.currentNode.parentElement, words = document.createRange();
    if (!walk.currentNode.data.trim() || !inside.checkVisibility()) continue;
    if (inside.closest('.unseen, thead, .bar, .strips, .scroll, .levels-plot, .year-box, select, textarea')) continue;
    let frame = inside;
    while (!frames(frame) && frame.parentElement) frame = frame.parentElement;
    words.selectNodeContents(walk.currentNode);
    const [text, edge] = [words.getBoundingClientRect(), frame.getBoundingClientRect()];
    if (text.right > edge.right + 1 || text.left < edge.left - 1) wrong.push(walk.currentNode.data.trim().slice(0, 60));
  }
  return wrong;
}"""
LOOKS = [("light", "fr-FR"), ("dark", "fr-FR"), ("light", "en-GB"), ("dark", "en-GB")]


def pages_of(cast: Cast) -> dict[str, list[str]]:
    """Every kind of page, by who opens it; the journal holds something to show."""
    entry = uuid.uuid4()
    ana = cast.browser("Ana")
    day = (cast.now - timedelta(days=1)).date().isoformat()
    ana.post("/journal", data={"op_id": str(entry), "mood": "2", "emotions": ["joy", "stress"], "note": CANARY})
    assert sent(ana, DAYLIO, preview=True).status_code == 303
    willow = cast.groups["Willow"].uid
    past = next(uid for uid in cast.codes if len(uid) == 32)
    code = cast.codes["Willow"]
    stage = a_stage(cast)
    hugo, link = a_second_facilitator(cast, past)
    return {
        "visitor": ["/", "/sign-in", "/join", f"/join?code={code}", f"/join/choices?code={code}", "/join?code=ZZZZ",
                    f"/c/{cast.codes[past]}", "/c/ZZZZ2222",
                    "/help", "/who-sees-what", "/accessibility", "/install", "/offline/fr", "/nowhere"],
        "Ana": ["/", f"/?saved={entry.hex}", "/journal", "/journal?month=2026-02", "/journal/2026", "/journal/search",
                "/install",
                f"/journal/{cast.now.date()}", f"/journal/{day}", f"/journal/entries/{entry.hex}",
                f"/journal/entries/{entry.hex}/deletion",
                "/workshops", f"/workshops/{past}", "/c", f"/c/{cast.codes[past]}", "/streak", "/insights", "/settings",
                "/check-ups", "/check-ups/ons_lonely",
                f"/workshops/{stage}", "/settings/choices", "/data", "/data?added=12", "/data/import",
                f"/groups/{willow}", f"/groups/{willow}/membership/end"],
        "Fay": ["/groups", "/groups/new", f"/groups/{willow}", f"/groups/{willow}/workshops",
                f"/groups/{willow}/workshops/{past}", f"/groups/{willow}/workshops/{past}/code",
                f"/groups/{willow}/workshops/{past}/cancellation", f"/groups/{willow}/code",
                f"/groups/{willow}/workshops/{stage}", f"/groups/{willow}/workshops/{stage}/time",
                f"/groups/{willow}/poster", f"/groups/{willow}/poster?size=a5", f"/groups/{willow}/trends",
                f"/groups/{willow}/report",
                f"/groups/{willow}/team", f"/groups/{willow}/team/end", f"/groups/{willow}/team/{hugo}/end",
                f"/groups/{willow}/workshops/{past}/book", "/book", link],
        "Sam": ["/organisation", "/organisation/counts", f"/organisation/groups/{willow}",
                f"/organisation/groups/{willow}/closing", link],
    }  # fmt: skip


def a_stage(cast: Cast) -> str:
    """A week-end of Willow, whose holidays, from here on, are typed by hand."""
    with cast.app.app_context(), transaction():
        db.session.get_one(Group, cast.groups["Willow"].id).holiday_zone = "corse"
    form = {"title": "Stage", "starts_on": "2026-03-28", "starts_at": "10:00", "minutes": "420", "repeat": "stage",
            "slot_on": "2026-03-29", "slot_at": "10:00", "slot_minutes": "360"}  # fmt: skip
    cast.browser("Fay").post(f"/groups/{cast.groups['Willow'].uid}/workshops", data=form)
    with cast.app.app_context():
        return str(db.session.scalar(db.select(Workshop.uid).where(Workshop.title == "Stage")))


def a_second_facilitator(cast: Cast, past: str) -> tuple[str, str]:
    """Hugo's part in Willow's team, by its uid, and a link to it; a count was corrected, and Fay's book has a page."""
    cast.facilitates("Hugo", "Willow")
    fay, willow = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    for present in ("9", "10"):
        fay.post(f"{willow}/workshops/{past}/headcount", data={"present": present})
    fay.post(f"{willow}/workshops/{past}/book", data={"worked": CANARY})
    link = attribute(fay.post(team_page(cast)).text, "data-invitation") or ""
    return membership(cast, "Hugo"), link[link.index("/invitations/") :]


@pytest.fixture
def opened(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> Callable[..., dict[str, Page]]:
    """A page for each kind of person, signed in, in the look asked for; `simple=True` for the simple version."""

    def open_all(*, simple: bool = False, **chosen: object) -> dict[str, Page]:
        found: dict[str, Page] = {}
        for who in ("visitor", "Ana", "Fay", "Sam"):
            context = new_context(**chosen)
            phone = cast.stranger() if who == "visitor" else cast.browser(who)
            if simple:
                phone.post("/display", data={"simple": "1"})
            if who != "visitor" and str(chosen.get("locale", "fr")).startswith("en"):
                phone.post("/settings", data={"locale": "en"})
            if kept := phone.get_cookie("fil", domain="localhost"):
                context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
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


@pytest.mark.parametrize(("theme", "locale"), LOOKS[::3])
def test_axe_finds_nothing_in_the_simple_version(
    cast: Cast, opened: Callable[..., dict[str, Page]], theme: str, locale: str
) -> None:
    people = opened(simple=True, color_scheme=theme, locale=locale)
    found = []

    def look(page: Page, where: str) -> None:
        assert page.locator("html[data-simple]").count() == 1 or where.startswith(("/offline", "/help/"))
        assert page.locator("h1").count() == 1, f"{where} has no single heading"
        for rule in Axe().run(page, options=RULES).response["violations"]:
            found.extend(f"{where}: {rule['id']} {node['target']}" for node in rule["nodes"])

    addresses = pages_of(cast)
    for who in ("visitor", "Ana"):
        for address in addresses[who]:
            people[who].goto(address)
            look(people[who], address)
    joining = people["visitor"]
    joining.goto(f"/join/choices?code={cast.codes['Willow']}")
    for step in ("hand over", "age", "journal", "trends", "last"):
        look(joining, f"joining, {step}")
        # at the end a passkey is offered first
        joining.locator("[data-without-passkey]" if step == "last" else "main form button").first.click()
        joining.wait_for_load_state()
    look(joining, "joining, the seven words")
    assert joining.locator("[data-phrase]").count() == 1
    assert found == []


@pytest.mark.parametrize(
    ("width", "size", "simple"),
    [(320, "100%", False), (320, "200%", False), (1280, "100%", False), (320, "100%", True), (320, "200%", True)],
)
def test_nothing_overflows_and_no_target_is_too_small(
    cast: Cast, opened: Callable[..., dict[str, Page]], width: int, size: str, simple: bool
) -> None:
    people = opened(simple=simple, viewport={"width": width, "height": 740})
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
                  .filter(e => e.offsetParent && !e.closest('label'))
                  .filter(e => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 43.5)
                  .map(e => e.outerHTML.slice(0, 90))"""
            )
            wrong += [f"{who} {address}: too small: {what}" for what in small]
            alone = page.evaluate(
                """() => [...document.querySelectorAll('p > a:only-child')]
                  .filter(e => e.offsetParent && e.textContent.trim() === e.parentElement.textContent.trim())
                  .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90))"""
            )
            wrong += [f"{who} {address}: a paragraph that is only a link, too low: {what}" for what in alone]
            wrong += [f"{who} {address}: out of its frame: {what}" for what in page.evaluate(OUTSIDE)]
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
