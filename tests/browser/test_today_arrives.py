"""What was noted without network, once it has arrived, is on Today without the page being loaded again."""

from __future__ import annotations

import re
from functools import wraps
from threading import Event
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, attended, entries, phone
from tests.browser.reflecting import FELT, HERE, ONE, TWO, a_workshop_soon, before, say
from tests.cast import Cast
from tests.journal.record import note_mood
from tests.reflections.around import HOUR

LONGER = 4  # seconds, than « Envoyé » is shown before the page without network gives way
STAYS = "() => { window.stays = true }"


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    """Ana's phone, on a Wednesday; a third day keeps the week."""
    for day in ("2026-03-09", "2026-03-10"):
        note_mood(cast, "Ana", 3, felt_at=day)
    return phone(watch.over(context), cast, live, "Ana")


def the_same_page(page: Page) -> bool:
    return bool(page.evaluate("window.stays"))


def test_what_was_noted_without_network_is_in_the_list_and_on_the_thread_once_it_has_arrived(
    ana: Phone, app: Flask, cast: Cast
) -> None:
    ana.page.evaluate(STAYS)
    expect(ana.page.locator("#today")).to_be_empty()
    thread = ana.page.locator("#line-thread").inner_text()
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    expect(ana.page.locator("#said")).to_contain_text(HERE)
    words = ana.page.get_by_label("Une note pour vous (facultatif)")
    words.fill("en train d’écrire")
    words.focus()
    expect(ana.page.locator("#today")).to_be_empty()
    ana.back()
    ana.waiting("Envoyé")
    expect(ana.page.locator("#today strong")).to_have_text(["bien"])
    expect(ana.page.locator("#line-thread")).not_to_have_text(thread)
    expect(ana.page.locator("#line-thread")).to_have_attribute("data-streak", "1")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    expect(ana.page.locator("#said")).not_to_contain_text(HERE)
    expect(words).to_have_value("en train d’écrire")
    expect(words).to_be_focused()
    assert the_same_page(ana.page)
    assert entries(app, "Ana", cast)[2:] == [(4, None, "2026-03-11")]
    shown = ana.page.locator("#today").inner_text(), ana.page.locator("#line-thread").inner_text()
    ana.page.goto("/")
    assert shown == (ana.page.locator("#today").inner_text(), ana.page.locator("#line-thread").inner_text())


def test_after_a_hard_mood_nothing_that_counts_is_brought(ana: Phone) -> None:
    ana.page.evaluate(STAYS)
    ana.away()
    ana.mood("très difficile")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("Envoyé")
    expect(ana.page.locator("#today strong")).to_have_text(["très difficile"])
    expect(ana.page.locator("#line-thread")).to_be_hidden()
    assert the_same_page(ana.page)


def test_a_card_says_no_more_that_it_is_kept_here_once_what_it_asked_has_arrived(ana: Phone, cast: Cast) -> None:
    workshop = a_workshop_soon(cast)
    ana.page.goto("/")
    ana.page.evaluate(STAYS)
    card = before(ana.page, workshop)
    expect(card).to_be_visible()
    ana.away()
    say(card, FELT, "bien")
    card.get_by_role("button", name="C’est bon").tap()
    expect(card).to_contain_text(HERE)
    ana.mood("moyen")
    ana.waiting(TWO)
    ana.back()
    ana.waiting("Envoyé")
    expect(card).not_to_contain_text(HERE)
    expect(card).to_contain_text("C’est noté.")
    assert the_same_page(ana.page)


def test_presence_says_no_more_that_it_is_kept_here_once_it_has_arrived(ana: Phone, app: Flask, cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now - HOUR)
    ana.page.goto(f"/workshops/{workshop.uid}")
    ana.page.evaluate(STAYS)
    there = ana.page.locator(f"#attendance-{workshop.uid}")
    ana.away()
    there.get_by_role("button", name="J’y étais").tap()
    expect(there).to_contain_text(HERE)
    ana.back()
    ana.waiting("Envoyé")
    expect(there).not_to_contain_text(HERE)
    expect(there.get_by_role("button")).to_be_visible()
    assert attended(app, "Ana", cast)
    assert the_same_page(ana.page)


def test_a_page_that_says_nothing_is_noted_says_so_no_more_once_something_has_arrived(ana: Phone) -> None:
    """It was noted in another tab, and this one is looked at."""
    expect(ana.page.locator("#said")).to_contain_text("Rien de noté aujourd’hui.")
    other = ana.context.new_page()
    other.goto("/")
    ana.page.evaluate(STAYS)
    ana.away()
    other.get_by_role("button", name="Noter\u00a0: moyen", exact=True).tap()
    ana.waiting(ONE)
    ana.back()
    for page in (ana.page, other):
        expect(page.locator("#today strong")).to_have_text(["moyen"])
    expect(ana.page.locator("#said")).not_to_contain_text("Rien de noté")
    expect(ana.page.locator("#said")).to_contain_text("mercredi 11 mars")
    assert the_same_page(ana.page)


def test_what_leaves_while_the_phone_is_put_away_is_there_when_it_is_taken_out(ana: Phone) -> None:
    ana.context.route("**/sync", lambda asked: asked.abort())
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("L’envoi n’a pas abouti.")
    ana.context.unroute("**/sync")
    with ana.page.expect_response("**/sync"):
        ana.page.evaluate("""() => {
          Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""")
    ana.page.evaluate("""() => {
      delete document.visibilityState;
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    ana.waiting("Envoyé")
    expect(ana.page.locator("#today strong")).to_have_text(["bien"])


def test_whoever_is_on_a_note_of_the_list_or_on_the_thread_is_on_it_still(ana: Phone, cast: Cast) -> None:
    note_mood(cast, "Ana", 3)
    ana.page.goto("/")
    for place, word, now in (("#today a", "bien", 2), ("#line-thread", "moyen", 3)):
        ana.away()
        ana.mood(word)
        ana.waiting(ONE)
        ana.page.locator(place).first.focus()
        ana.back()
        expect(ana.page.locator("#today a")).to_have_count(now)
        expect(ana.page.locator(place).first).to_be_focused()


def test_nothing_is_asked_of_today_when_nothing_has_arrived(ana: Phone) -> None:
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(request.url))
    ana.mood("bien")
    expect(ana.page.locator("#today strong")).to_have_text(["bien"])
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.page.evaluate("dispatchEvent(new Event('pageshow'))")
    ana.page.clock.run_for(130_000)
    ana.page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/?saved=" in url or "today" in url]


def test_whoever_taps_a_link_while_the_page_without_network_gives_way_goes_where_it_leads(
    ana: Phone, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« Envoyé » can be read for a moment before Today takes its place; a slow network takes longer than that."""
    promises, never = app.view_functions["help.who_sees_what"], Event()

    @wraps(promises)
    def slowly() -> Any:
        never.wait(LONGER)
        return promises()

    monkeypatch.setitem(app.view_functions, "help.who_sees_what", slowly)
    ana.away()
    ana.page.goto("/")
    ana.mood("bien")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("Envoyé")
    ana.page.evaluate("document.querySelector('a[href=\"/who-sees-what\"]').click()")
    expect(ana.page).to_have_url(re.compile("/who-sees-what$"))
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Qui voit quoi\u202f?")
