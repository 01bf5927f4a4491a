"""A phone that can install the journal has a button for it, and once that is done nobody is asked again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.cast import Cast
from tests.journal.record import note_mood

ABLE = """() => {
  const able = new Event("beforeinstallprompt", { cancelable: true });
  able.prompt = () => (window.asked = (window.asked ?? 0) + 1);
  return !dispatchEvent(able);
}"""
OFFER = "Garder ce journal sous la main"


@pytest.fixture
def page(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> Page:
    """Ana's phone, on Today, after her second note."""
    for _ in range(2):
        note_mood(cast, "Ana", 4)
    opened = phone_of("Ana", cast, live, new_context)
    opened.goto("/")
    return opened


def test_the_offer_leads_to_the_steps_and_not_now_takes_it_away(page: Page) -> None:
    page.get_by_role("link", name=OFFER).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Installer ce journal")
    expect(page.get_by_role("region", name="Sur iPhone ou iPad").get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Pas maintenant").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    expect(page.get_by_role("link", name=OFFER)).to_have_count(0)


def test_a_browser_that_can_install_asks_its_question_when_the_button_is_tapped(page: Page) -> None:
    page.goto("/install")
    assert page.evaluate(ABLE)  # its own banner is held back
    assert page.evaluate("window.asked") is None
    page.get_by_role("button", name="Installer", exact=True).tap()
    assert page.evaluate("window.asked") == 1
    with page.expect_response(lambda told: told.request.method == "POST" and told.url.endswith("/install")):
        page.evaluate("dispatchEvent(new Event('appinstalled'))")
    expect(page.get_by_text("C’est installé ici.")).to_be_visible()
    expect(page.get_by_role("region", name="Sur Android")).to_be_hidden()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    expect(page.get_by_role("link", name=OFFER)).to_have_count(0)


def test_a_browser_that_never_says_it_can_shows_no_gap_and_its_button_leads_to_the_menu(page: Page) -> None:
    page.goto("/install")
    button = page.get_by_role("button", name="Installer", exact=True)
    steps = page.get_by_role("region", name="Sur iPhone ou iPad")
    heading, first, there = (one.bounding_box() for one in (page.locator("header.heading"), button, steps))
    assert heading is not None
    assert first is not None
    assert there is not None
    assert heading["y"] + heading["height"] < first["y"] < first["y"] + first["height"] < there["y"]
    assert there["y"] - heading["y"] - heading["height"] - first["height"] <= 80, "two ordinary spaces between three"
    assert page.evaluate("window.asked") is None
    button.tap()
    menu = page.get_by_role("region", name="Sur Android")
    expect(menu).to_be_in_viewport()
    expect(menu.get_by_role("heading")).to_be_focused()
    expect(menu).to_contain_text("Dans le menu du navigateur")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")


def test_a_no_to_the_question_of_the_browser_leaves_the_way_by_its_menu(page: Page) -> None:
    page.goto("/install")
    assert page.evaluate(ABLE)
    button = page.get_by_role("button", name="Installer", exact=True)
    button.tap()
    assert page.evaluate("window.asked") == 1
    button.tap()
    expect(page.get_by_role("region", name="Sur Android").get_by_role("heading")).to_be_focused()
    assert page.evaluate("window.asked") == 1


def test_what_waits_on_the_phone_is_to_be_sent_first(page: Page) -> None:
    first = page.get_by_text("Envoyez d’abord ce qui attend")
    page.goto("/install")
    expect(page.get_by_role("region", name="Sur iPhone ou iPad")).to_be_visible()
    expect(first).to_be_hidden()
    page.goto("/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Noter\u00a0: bien", exact=True).tap()
    expect(page.locator("#waiting")).to_contain_text("1 note attend le réseau")
    page.context.route("**/sync", lambda asked: asked.abort())
    page.context.set_offline(False)
    page.goto("/install")
    expect(first).to_be_visible()
