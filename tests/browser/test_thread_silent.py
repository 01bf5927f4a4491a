"""The thread keeps silent: after a hard mood kept on a phone without network, and wherever it is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, phone
from tests.cast import Cast

THREAD = "#line-thread, [data-at=thread]"


@pytest.fixture
def opened(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Callable[[], Phone]:
    """Ana's phone, with its shell kept and Today open."""
    cast.workshop("Willow", cast.now + timedelta(minutes=30))
    return lambda: phone(watch.over(context), cast, live, "Ana")


@pytest.mark.parametrize("page", ["Today", "the page without network"])
def test_a_hard_mood_that_waits_is_followed_by_nothing_that_counts(opened: Callable[[], Phone], page: str) -> None:
    ana = opened()
    thread = ana.page.locator(THREAD).filter(has_text=re.compile("semaine", re.IGNORECASE))
    expect(thread).to_be_visible()
    assert ana.rows("snapshot") is not None
    ana.away()
    if page != "Today":
        ana.page.goto("/")
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    expect(thread).to_be_visible()
    ana.page.clock.fast_forward(2000)  # two taps within 700 ms count as one
    ana.mood("très difficile")
    expect(ana.page.locator("#said")).to_contain_text("Merci de l’avoir posé ici")
    expect(thread).to_be_hidden()
    ana.page.locator("#said").get_by_role("button", name="Annuler").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est effacé.")
    expect(thread).to_be_visible()


def test_a_hidden_thread_is_on_no_page_not_even_without_network(opened: Callable[[], Phone], cast: Cast) -> None:
    cast.browser("Ana").post("/streak", data={"hidden": "yes"})
    ana = opened()
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    assert ana.rows("snapshot") is not None
    expect(ana.page.locator("#line-thread")).to_be_hidden()
    ana.away()
    ana.page.goto("/")
    expect(ana.page.get_by_text("Hors connexion. Vous pouvez continuer à noter.")).to_be_visible()
    expect(ana.page.locator("#next")).to_contain_text("Willow")
    expect(ana.page.locator("[data-at=thread]")).to_be_hidden()
    expect(ana.page.locator("main")).not_to_contain_text("Première semaine")
