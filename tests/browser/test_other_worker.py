"""The worker of another language: it takes the place of the one before when nobody is looking.

While one takes over from another Chromium can lose a page that is being asked for: it opens only when asked for again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.offline import HIDDEN, IN_A_LONG_TIME, READY, WORKER, put_away
from tests.cast import Cast

WORKERS = """async () => {
  const { active, waiting, installing } = await navigator.serviceWorker.getRegistration();
  return [active, waiting ?? installing].map((one) => one && new URL(one.scriptURL).searchParams.get("lang"));
}"""


@pytest.fixture
def page(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> Page:
    """The page after a visitor's French one: Ana's, which is in English."""
    cast.browser("Ana").post("/locale", data={"locale": "en"})
    context = new_context(locale="fr-FR")
    page = context.new_page()
    page.goto("/sign-in")
    assert page.evaluate(READY)
    cookie = cast.browser("Ana").get_cookie("fil")
    assert cookie is not None
    context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url, "expires": IN_A_LONG_TIME}])
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(WORKER, ["en", "waiting"])
    return page


def test_a_page_that_is_asked_for_after_the_language_changed_opens(page: Page) -> None:
    for address in ("/settings", "/journal", "/help/en", "/"):
        page.goto(address, timeout=5000)
        assert page.evaluate(WORKERS) == ["fr", "en"], "nothing takes over while somebody goes from page to page"


def test_whoever_goes_back_to_the_first_language_is_offered_no_new_version(page: Page) -> None:
    page.goto("/help/fr")
    assert page.evaluate(WORKER, ["fr", "waiting"])
    put_away(page, "fr")
    expect(page.locator("#new-version")).to_be_hidden()


def test_the_other_language_takes_over_once_the_telephone_is_put_away(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/journal")
    page.evaluate(HIDDEN)
    other.goto("/settings")
    assert other.evaluate(WORKERS) == ["fr", "en"], "not while another of its pages is looked at"
    put_away(other, "en")
    other.close()
    page.context.set_offline(True)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
