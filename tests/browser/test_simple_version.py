"""An older person, one hand lent (J5): two taps by a volunteer, seven by the person, then one; at 200 %, on a phone."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.browser.conftest import Live
from tests.browser.simple import COVERING, TOO_SMALL, NewContext, Taps, large_letters, signed_in, trembling
from tests.cast import Cast
from tests.clock import Clock
from wellbeing.db import db
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person

HOME = re.compile(r"^http://localhost:\d+/$")
MOODS = ("très difficile", "difficile", "moyen", "bien", "très bien")


def entries(cast: Cast) -> list[int]:
    with cast.app.app_context():
        return list(db.session.scalars(select(Entry.mood).order_by(Entry.id)))


def large_and_calm(page: Page, least: float) -> None:
    """Large letters, and nothing that covers, floats or is cut."""
    assert page.evaluate(TOO_SMALL, least) == []
    assert page.evaluate(COVERING) == []
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
    assert page.locator("dialog[open], [popover]").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_one_hand_is_lent_and_then_none_is_needed(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock, script: bool
) -> None:
    page = large_letters(new_context(java_script_enabled=script).new_page())
    volunteer = Taps(page)
    page.goto(f"/join?code={cast.codes['Willow']}")
    volunteer.on("button", "Version simple")
    expect(page.get_by_role("heading", level=1)).to_have_text("Willow")
    large_and_calm(page, 40) if script else None
    volunteer.on("button", "Rejoindre")
    assert volunteer.made == 2

    person = Taps(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("À vous maintenant. Personne d’autre ne regarde.")
    expect(page.locator("main button")).to_have_count(1)
    person.on("button", "Commencer")
    for question in ("J’ai 15 ans ou plus.", "Nous gardons vos notes", "L’équipe peut voir comment va le groupe."):
        expect(page.get_by_role("heading", level=1)).to_contain_text(question)
        expect(page.locator("main [name]:not([type=hidden])")).to_have_count(2)
        large_and_calm(page, 40) if script else None
        person.on("button", "Oui")
    expect(page.get_by_text("Sans ces 7 mots, personne ne peut rouvrir votre journal.")).to_be_visible()
    person.on("button", "Continuer sans clé d’accès" if script else "Continuer avec mes choix")
    expect(page.get_by_text("Voici 7 mots. Ils ouvrent votre journal. Gardez-les sur un papier.")).to_be_visible()
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    if script:
        expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
        large_and_calm(page, 40)
    person.on("link", "J’ai gardé ma phrase")
    expect(page).to_have_url(HOME)
    expect(page.get_by_role("group", name="Comment ça va")).to_be_visible()
    person.on("button", "Noter : bien")
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    expect(page.get_by_role("button", name="Mauvaise touche ? Annuler.")).to_be_visible()
    assert person.made == 7
    assert entries(cast) == [4]
    large_and_calm(page, 40) if script else None

    clock.advance(days=7)
    page.goto("/")
    later = Taps(page)
    later.on("button", "Noter : moyen")
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    assert later.made == 1
    assert entries(cast) == [4, 3]


@pytest.mark.parametrize("size", [16, 32])
def test_five_rows_as_wide_as_the_page_and_nothing_over_them(
    cast: Cast, live: Live, new_context: NewContext, size: int
) -> None:
    page = signed_in(cast, live.url, new_context, simple=True)
    if size == 32:
        large_letters(page)
    page.goto("/")
    boxes = []
    for mood in MOODS:
        row = page.get_by_role("button", name=f"Noter : {mood}", exact=True)
        row.scroll_into_view_if_needed()
        box = row.bounding_box()
        assert box is not None
        assert box["height"] >= 72
        assert box["width"] > 290
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('button')?.value", middle)
        boxes.append(row.evaluate("row => row.getBoundingClientRect().top + scrollY"))
    assert boxes == sorted(boxes)
    if size == 16:
        page.evaluate("scrollTo(0, 0)")
        last = page.get_by_role("button", name="Noter : très bien").bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= 740, "the five are in view without scrolling"


def test_the_month_and_the_devices_stay_within_the_page_at_twice_the_letters(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    cast.fresh("Ana").post("/journal", data={"op_id": "1" * 32, "mood": "4"})
    page = large_letters(signed_in(cast, live.url, new_context, simple=True))
    for address in ("/journal", "/settings/keys", "/groups/" + cast.groups["Willow"].uid):
        page.goto(address)
        over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{address} is {over} px too wide"
    page.goto("/workshops")
    day = page.locator(".date").first
    assert not day.evaluate("day => day.scrollWidth > day.clientWidth")
    assert day.evaluate("day => getComputedStyle(day).textAlign") == "center"


def test_a_hand_that_trembles_makes_one_note_and_a_tap_between_rows_none(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    page = large_letters(signed_in(cast, live.url, new_context, simple=True))
    page.goto("/")
    first, second = (page.get_by_role("button", name=f"Noter : {mood}", exact=True) for mood in ("difficile", "moyen"))
    second.scroll_into_view_if_needed()
    above, below = first.bounding_box(), second.bounding_box()
    assert above is not None
    assert below is not None
    gap = below["y"] - above["y"] - above["height"]
    assert gap >= 8
    page.touchscreen.tap(180, above["y"] + above["height"] + gap / 2)
    middle = below["y"] + below["height"] / 2
    trembling(page, (150, middle), (190, middle + 4))
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    assert second.bounding_box() == below, "nothing moved under the finger"
    assert entries(cast) == [3]


def test_a_hand_that_trembles_beyond_the_answer_still_makes_one_note(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    page = signed_in(cast, live.url, new_context, simple=True)
    page.goto("/", wait_until="networkidle")
    taps = page.get_by_role("button", name="Noter : bien", exact=True).evaluate(
        """row => new Promise((done) => {
             const said = document.getElementById("said");
             let taps = 0, after = 0;
             const trembling = setInterval(() => {
               row.click();
               taps += 1;
               after += said.children.length > 0;
               if (after === 5) { clearInterval(trembling); done(taps); }
             }, 60);
           })"""
    )
    assert taps > 5
    page.wait_for_load_state("networkidle")
    assert entries(cast) == [4]


def test_undo_stays_until_the_next_thing_is_done(cast: Cast, live: Live, new_context: NewContext, clock: Clock) -> None:
    page = signed_in(cast, live.url, new_context, simple=True)
    page.clock.install()
    page.goto("/")
    page.get_by_role("button", name="Noter : très difficile").tap()
    undo = page.get_by_role("button", name="Mauvaise touche ? Annuler.")
    expect(undo).to_be_visible()
    page.clock.run_for("02:00:00")
    clock.advance(hours=2)
    expect(undo).to_be_visible()
    undo.tap()
    expect(page.get_by_text("C’est effacé.")).to_be_visible()
    assert entries(cast) == []


def test_back_leads_to_the_answer_before_and_asks_nothing(cast: Cast, live: Live, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(f"/join?code={cast.codes['Willow']}")
    page.get_by_role("button", name="Version simple").tap()
    page.get_by_role("button", name="Rejoindre").tap()
    page.get_by_role("button", name="Commencer").tap()
    heading = page.get_by_role("heading", level=1)
    for question in ("J’ai 15 ans", "Nous gardons", "L’équipe"):
        expect(heading).to_contain_text(question)
        page.get_by_role("button", name="Oui").tap()
    expect(heading).to_contain_text("Vous allez recevoir 7 mots.")
    page.go_back()
    expect(heading).to_contain_text("L’équipe")
    page.go_back()
    expect(heading).to_contain_text("Nous gardons")
    page.get_by_role("button", name="Non").tap()
    expect(heading).to_contain_text("L’équipe")
    page.get_by_role("button", name="Revenir").tap()
    expect(heading).to_contain_text("Nous gardons")
    page.get_by_role("button", name="Non").tap()
    page.get_by_role("button", name="Oui").tap()
    page.get_by_role("button", name="Continuer sans clé d’accès").tap()
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Person.id))) == 7


@pytest.mark.parametrize("simple", [True, False], ids=["simple", "ordinary"])
def test_the_seven_words_print_alone(cast: Cast, live: Live, new_context: NewContext, simple: bool) -> None:
    page = new_context().new_page()
    page.goto(f"/join?code={cast.codes['Willow']}")
    if simple:
        page.get_by_role("button", name="Version simple").tap()
        page.get_by_role("button", name="Rejoindre").tap()
        page.get_by_role("button", name="Commencer").tap()
        for _ in range(3):
            page.get_by_role("button", name="Oui").tap()
    else:
        page.get_by_role("button", name="Rejoindre").tap()
        page.get_by_role("checkbox", name="J’ai 15 ans ou plus.").check()
    page.get_by_role("button", name="Continuer sans clé d’accès").tap()
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    words = page.locator("[data-phrase] li").all_inner_texts()
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    page.get_by_role("button", name="Imprimer").tap()
    assert page.evaluate("window.printed") == 1
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, display_header_footer=True)))
    assert len(paper.pages) == 1
    width, height = (float(side) for side in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842), "A4, upright"
    # a printed « fi » may be one sign
    printed = re.findall(r"[^\W\d_]+", normalize("NFKC", paper.pages[0].extract_text()))
    assert printed == [part for word in words for part in re.findall(r"[^\W\d_]+", word)]


def test_the_pages_of_the_simple_version_are_large_everywhere(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock
) -> None:
    meeting = cast.workshop("Willow", cast.now + timedelta(minutes=30))
    page = signed_in(cast, live.url, new_context, simple=True)
    willow = cast.groups["Willow"].uid
    for address in ("/", "/journal", "/workshops", f"/workshops/{meeting.uid}", f"/workshops/{meeting.uid}/before",
                    "/streak", "/settings", "/settings/choices", "/data", "/settings/erasure", "/help",
                    "/who-sees-what", "/accessibility",
                    f"/groups/{willow}", f"/c/{cast.codes[meeting.uid]}"):  # fmt: skip
        page.goto(address)
        large_and_calm(page, 20)
        assert page.locator("svg.strand, .strand, .levels").filter(visible=True).count() == 0
        narrow = page.evaluate(
            """() => [...document.querySelectorAll("main button, main .button")].filter((e) => e.checkVisibility())
                 .filter((e) => { const box = e.getBoundingClientRect(), room = e.parentElement.getBoundingClientRect();
                                  return box.height < 71.5 || box.width < room.width - 60 })
                 .map((e) => e.outerHTML.slice(0, 90))"""
        )
        assert narrow == [], f"{address}: {narrow}"
