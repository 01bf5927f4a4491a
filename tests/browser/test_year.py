"""A year is walked by keyboard: one stop of the Tab key and the arrows, or plain links where no script runs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.browser.test_for_everyone import RULES
from tests.cast import CANARY, Cast
from tests.journal.record import years_of_notes

OpenPage = Callable[..., Page]


@pytest.fixture
def year(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> OpenPage:
    """Ana's year on her phone; she noted each of the last sixty days, until the 11th of March."""
    years_of_notes(cast, "Ana", 60, lambda _: CANARY)

    def opened(address: str = "/journal/2026", **chosen: object) -> Page:
        page = phone_of("Ana", cast, live, new_context, **chosen)
        page.goto(address)
        return page

    return opened


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_tab_key_stops_once_and_the_arrows_go_from_day_to_day(year: OpenPage) -> None:
    page = year()
    page.get_by_role("region", name="L’année en couleurs").focus()
    page.keyboard.press("Tab")
    assert focused(page).startswith("11 mars")
    for key, day in (
        ("ArrowUp", "10 mars"),
        ("ArrowLeft", "10 février"),
        ("ArrowDown", "11 février"),
        ("ArrowLeft", "11 janvier"),
        ("ArrowLeft", "11 janvier"),
        ("End", "11 mars"),
        ("Home", "11 janvier"),
        ("ArrowUp", "11 janvier"),
    ):
        page.keyboard.press(key)
        assert focused(page).startswith(day), f"{key}: {focused(page)}"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table')") is None
    page.keyboard.press("Shift+Tab")
    assert focused(page).startswith("11 janvier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("dimanche 11 janvier 2026")


def test_without_a_script_each_day_is_a_link_and_the_months_are_one_step_away(year: OpenPage) -> None:
    page = year(java_script_enabled=False)
    page.get_by_role("region", name="L’année en couleurs").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/journal/2026-\d\d-\d\d$"))
    page.go_back()
    page.get_by_role("link", name="Mois par mois").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="janvier 2026")).to_be_visible()


def test_a_month_is_walked_by_arrows_too_and_every_day_stays_a_stop(year: OpenPage) -> None:
    page = year("/journal")
    page.get_by_role("link", name="11 mars").focus()
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("4 mars")
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("5 mars")
    page.keyboard.press("Tab")
    assert focused(page).startswith("6 mars")


def test_a_year_is_read_as_a_table_whose_days_say_their_mood(year: OpenPage) -> None:
    page = year()
    table = page.get_by_role("table", name="2026")
    expect(table.get_by_role("columnheader", name="mars")).to_have_count(1)
    expect(table.get_by_role("row", name="10").get_by_role("rowheader").first).to_be_visible()
    expect(table.get_by_role("link", name="11 mars\u00a0: très difficile")).to_be_visible()
    width = page.evaluate("Math.min(...[...document.querySelectorAll('a.pixel')].map((one) => one.offsetWidth))")
    assert width >= 24


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_full_year_is_for_everyone_on_a_narrow_screen_and_with_large_letters(
    year: OpenPage, look: dict[str, str]
) -> None:
    page = year(viewport={"width": 320, "height": 640}, **look)
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    colour = "getComputedStyle(document.querySelector('a.pixel .shape')).color"
    link = "getComputedStyle(document.querySelector('a.back')).color"
    if "forced_colors" in look:  # a shape is drawn in the reader's own colour of links
        assert page.evaluate(colour) == page.evaluate(link)
        frames = "(days) => [...new Set(days.map((one) => getComputedStyle(one).borderTopColor))]"
        page_itself = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert page.locator("a.pixel").evaluate_all(frames) == [page.evaluate(link)]
        assert page.locator("span.pixel:not(.is-now)").evaluate_all(frames) == [page_itself]  # in sight, nothing
