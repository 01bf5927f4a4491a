"""A note is found again on a phone, by keyboard, with a script and without; no address says what was looked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.browser.test_for_everyone import RULES
from tests.cast import Cast
from tests.journal.record import years_of_notes

OpenPage = Callable[..., Page]


@pytest.fixture
def phone(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> OpenPage:
    """Ana's phone, at the page where notes are found; half of her ninety notes hold the word."""
    years_of_notes(cast, "Ana", 90, lambda ago: "Le cœur léger, dehors." if ago % 2 else "Rien de tel.")

    def opened(**chosen: object) -> Page:
        page = phone_of("Ana", cast, live, new_context, **chosen)
        page.goto("/journal")
        page.get_by_role("link", name="Retrouver une note").click()
        return page

    return opened


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_word_typed_finds_its_notes_and_no_address_holds_it(phone: OpenPage, live: Live, script: bool) -> None:
    page = phone(java_script_enabled=script)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Un mot de la note").focus()
    page.keyboard.type("COEUR")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="45 notes trouvées")
    expect(heading).to_be_focused()
    expect(page.get_by_role("link", name="mardi 10 mars 2026")).to_contain_text("Le cœur léger, dehors.")
    page.get_by_role("button", name="Plus anciennes").click()
    expect(page.get_by_text("Page 2 sur 3")).to_be_visible()
    assert page.url == f"{live.url}/journal/search"
    assert not [url for url in asked if "coeur" in url.lower() or "?" in url]
    page.get_by_role("region", name="45 notes trouvées").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026")
    if script:  # going back asks for nothing to be sent again, and shows nothing to whoever comes after
        page.go_back()
        expect(page.get_by_label("Un mot de la note")).to_have_value("")
        expect(page.get_by_role("heading", name="notes trouvées")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_found_is_for_everyone(phone: OpenPage, theme: str) -> None:
    page = phone(color_scheme=theme, viewport={"width": 320, "height": 640})
    page.get_by_label("Un mot de la note").fill("coeur")
    page.get_by_text("D’autres façons de chercher").click()
    page.get_by_label("Une émotion").select_option("joy")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name="notes trouvées")).to_be_focused()
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_refusal_takes_the_place_of_the_results_and_leaves_what_was_typed(phone: OpenPage) -> None:
    page = phone()
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("alert")).to_have_text("Écrivez un mot, ou choisissez une émotion, un groupe ou une date.")
    page.get_by_text("D’autres façons de chercher").click()
    page.get_by_label("À partir du").fill("2026-03-05")
    page.get_by_label("Jusqu’au").fill("2026-03-01")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("alert")).to_contain_text("La seconde date vient avant la première.")
    expect(page.get_by_label("À partir du")).to_have_value("2026-03-05")
