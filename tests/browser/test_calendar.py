"""A person puts the dates of their groups in their calendar, with two taps and an address that is shown once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.browser.test_for_everyone import RULES
from tests.cast import Cast


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_dates_go_into_a_calendar_with_two_taps(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = phone_of("Ana", cast, live, new_context, java_script_enabled=scripts)
    page.goto("/workshops")
    page.get_by_role("button", name="Ajouter à mon agenda").tap()
    shown = page.locator("[data-calendar]")
    address = shown.inner_text()
    opens = page.get_by_role("link", name="Ouvrir dans mon agenda")
    expect(opens).to_have_attribute("href", re.sub("^http:", "webcal:", address))
    expect(page.get_by_text("Cette adresse est secrète")).to_be_visible()
    assert page.get_by_role("button", name="Copier").is_visible() == scripts
    assert page.get_by_role("button", name="English").count() == 0  # the page has no address to come back to
    other = cast.stranger().get(address.removeprefix(live.url))
    assert b"SUMMARY:Willow" in other.data
    page.get_by_role("link", name="Ateliers").first.tap()
    page.get_by_role("button", name="Arrêter cette adresse").tap()
    expect(page.get_by_text("Cette adresse ne montre plus rien.")).to_be_visible()
    assert cast.stranger().get(address.removeprefix(live.url)).status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_the_address_is_for_everyone(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], theme: str
) -> None:
    page = phone_of("Ana", cast, live, new_context, color_scheme=theme, viewport={"width": 320, "height": 640})
    page.goto("/workshops")
    page.get_by_role("button", name="Ajouter à mon agenda").tap()
    expect(page.locator("[data-calendar]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
