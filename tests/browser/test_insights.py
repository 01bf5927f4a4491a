"""What one's notes tell, read by everyone: by keyboard and aloud (J6, step 7), large, narrow, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_for_everyone import LOOKS, RULES
from tests.cast import Cast
from tests.clock import Clock
from tests.insights.season import Season

OpenPage = Callable[..., Page]
CARDS = ["words", "dance", "weeks", "lately"]


@pytest.fixture
def season(cast: Cast, clock: Clock) -> Season:
    """Ana has told of three evenings, and noted every level; three weeks went by without a session."""
    lived = Season(cast, clock)
    for mood, felt in ((2, (2, 4)), (1, (3, 4)), (5, (1, 5))):
        lived.evening(felt, felt)
        lived.note(mood, "joy", "tiredness")
        lived.note(3, "discouragement")
    lived.weeks([4, 3, 2])
    clock.advance(weeks=1)
    return lived


@pytest.fixture
def phone(season: Season, live: Live, new_context: Callable[..., BrowserContext]) -> OpenPage:
    """Somebody's phone, signed in: `phone("Ben", java_script_enabled=False)`."""

    def opened(name: str = "Ana", **chosen: object) -> Page:
        context = new_context(**chosen)
        kept = season.cast.browser(name).get_cookie("fil", domain="localhost")
        assert kept is not None
        context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
        page = context.new_page()
        page.goto("/insights")
        return page

    return opened


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_key_opens_the_table_after_the_sentence(phone: OpenPage, script: bool) -> None:
    page = phone(java_script_enabled=script)
    card = page.get_by_role("region", name="Danse\u00a0: 3 séances notées avant et après.")
    expect(card.get_by_text("Le plus souvent, l’humeur est plus haute après.")).to_be_visible()
    expect(card.get_by_role("table")).to_have_count(0)
    card.locator("summary").first.focus()
    page.keyboard.press("Enter")
    table = card.get_by_role("table", name="Danse\u00a0: l’humeur, en nombre de séances")
    expect(table.get_by_role("columnheader")).to_have_text(["Humeur", "Avant", "Après"])
    expect(table.get_by_role("row", name="bien – 2").get_by_role("rowheader")).to_have_text("bien")
    page.keyboard.press("Tab")  # the table can be scrolled by keyboard where it is wider than the screen
    expect(card.locator(".scroll").first).to_be_focused()


def test_in_the_simple_version_the_sentence_stays_without_its_drawing(phone: OpenPage, season: Season) -> None:
    page = phone()
    expect(page.locator(".track").first).to_be_visible()
    season.cast.browser("Ana").post("/display", data={"simple": "1"})
    simple = phone()
    expect(simple.get_by_text("Le plus souvent, l’humeur est plus haute après.")).to_be_visible()
    expect(simple.get_by_text("Voir en tableau").first).to_be_visible()
    assert simple.locator(".track").count() > 0
    for drawn in simple.locator(".track").all():
        expect(drawn).to_be_hidden()


def test_aloud_there_are_headings_sentences_and_tables_and_no_drawing(phone: OpenPage) -> None:
    page = phone()
    assert page.title() == "Ce que ça me fait – Le fil"
    heard = page.get_by_role("main").aria_snapshot()
    order = ["Vos mots", "Le plus souvent, l’humeur", "Avec ou sans séance", "Vos dernières semaines"]
    assert sorted(order, key=heard.index) == order
    assert heard.count("Voir en tableau") == 5
    for silent in ("img", "Plus le dessin", "Le signe à droite", "mars\n"):
        assert silent not in heard


@pytest.mark.parametrize(("theme", "locale"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut_whatever_the_look(
    season: Season, phone: OpenPage, theme: str, locale: str
) -> None:
    found = []
    for name in ("Ana", "Ben"):
        if locale.startswith("en"):
            season.cast.browser(name).post("/settings", data={"locale": "en"})
        page = phone(name, color_scheme=theme, locale=locale)
        for summary in page.locator("summary").all():
            summary.tap()
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for rule in Axe().run(page, options=RULES).response["violations"]:
                found += [f"{name} {width}: {rule['id']} {node['target']}" for node in rule["nodes"]]
    assert found == []


def test_twice_the_text_fits_and_the_drawings_stay_large_enough(phone: OpenPage) -> None:
    page = phone()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for key in CARDS:
        card = page.locator(f"#card-{key}")
        room = (card.bounding_box() or {"width": 0})["width"]
        for drawing in card.locator(".track").all():
            width = (drawing.bounding_box() or {"width": 0})["width"]
            assert room * 0.8 < width < room, f"{key} is drawn {width} px wide in {room}"


def test_it_prints_in_black_with_its_tables_and_without_the_bar(phone: OpenPage) -> None:
    page = phone()
    page.emulate_media(media="print")
    for hidden in (".bar", ".top", ".back", "summary", ".bottom"):
        expect(page.locator(hidden).first).to_be_hidden()
    tables = page.locator("figure table")
    expect(tables).to_have_count(5)
    for table in tables.all():
        assert (table.bounding_box() or {"height": 0})["height"] > 50
    colours = page.locator(".track use").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]


def test_shapes_tell_the_levels_apart_without_colour(phone: OpenPage) -> None:
    """Position says the level, and so does the drawing: a level has one drawing, in one column, and no other has it."""
    page = phone(forced_colors="active")
    for key in ("dance-mood", "weeks", "lately"):
        marks = page.locator(f"#picture-{key} use[data-mood]").evaluate_all(
            """all => all.map(one => [one.dataset.mood, one.getAttribute('href').split('#')[1],
               +one.getAttribute('x') + one.getAttribute('width') / 2])"""
        )
        moods = {mood for mood, _, _ in marks}
        assert len(moods) >= 3
        for pairs in ({(mood, drawing) for mood, drawing, _ in marks}, {(mood, column) for mood, _, column in marks}):
            assert len(pairs) == len(moods) == len({what for _, what in pairs})
