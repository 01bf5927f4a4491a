"""The thread and the workshops on a phone: read, paused, changed; with script and without; in the dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.cast import Cast
from tests.clock import Clock
from tests.streak.lives import FIRST_MONDAY, WEEK, Life

Phone = Callable[..., Page]


@pytest.fixture
def life(app: Flask, clock: Clock) -> Life:
    return Life(Cast(app, FIRST_MONDAY), clock)


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], live: Live, life: Life) -> Phone:
    """Ana's phone, already open; other settings of the phone may be asked for."""

    def opened(**chosen: object) -> Page:
        context = new_context(**chosen)
        cookie = life.ana.get_cookie("fil")
        assert cookie is not None
        context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])
        return context.new_page()

    return opened


def fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    return bool(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))


def test_one_tap_says_i_was_there_and_one_takes_it_back(life: Life, phone: Phone) -> None:
    life.live("KM")
    page = phone()
    page.goto("/workshops")
    page.get_by_role("button", name="J’y étais").first.tap()
    expect(page.get_by_text("C’est noté. Cela ne prévient personne.")).to_be_visible()
    assert page.url.endswith("/workshops")
    page.get_by_role("button", name="Retirer ma présence").first.tap()
    expect(page.get_by_role("button", name="J’y étais")).to_have_count(1)
    assert fits(page)


@pytest.mark.parametrize("script", [True, False])
def test_the_code_of_the_day_is_one_tap_and_the_thread_grows(life: Life, phone: Phone, script: bool) -> None:
    life.live("KK")
    workshop = life.held[life.monday.date()]
    life.clock.set(workshop.starts_at)
    page = phone(java_script_enabled=script)
    page.goto(f"/c/{life.cast.codes[workshop.uid]}")
    page.get_by_role("button", name="J’y suis").tap()
    expect(page.get_by_text("C’est noté. Bon atelier.")).to_be_visible()
    page.goto("/streak")
    expect(page.locator("[data-streak]")).to_have_attribute("data-streak", "3")
    expect(page.get_by_text("Votre fil\u00a0: 3 semaines", exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_pause_is_set_corrected_and_ended(life: Life, phone: Phone, script: bool) -> None:
    life.live("KK")
    page = phone(java_script_enabled=script)
    page.goto("/streak")
    page.get_by_label("Jusqu’au (facultatif)").fill("2026-01-01")
    page.get_by_role("button", name="Mettre le fil en pause").tap()
    expect(page.get_by_text("Cette date n’est pas valable.")).to_be_visible()
    expect(page.get_by_label("Jusqu’au (facultatif)")).to_have_value("2026-01-01")
    expect(page.get_by_label("Jusqu’au (facultatif)")).to_be_focused()
    page.get_by_label("Jusqu’au (facultatif)").fill((life.monday + timedelta(days=9)).date().isoformat())
    page.get_by_role("button", name="Mettre le fil en pause").tap()
    expect(page.locator("#thread").get_by_text("Fil en pause jusqu’au")).to_be_visible()
    page.get_by_role("button", name="Reprendre le fil").tap()
    expect(page.locator("#thread").get_by_text("Fil en pause")).to_have_count(0)
    expect(page.get_by_role("button", name="Mettre le fil en pause")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_new_pace_waits_for_monday(life: Life, phone: Phone, script: bool) -> None:
    life.live("K")
    page = phone(java_script_enabled=script)
    page.goto("/streak")
    page.get_by_text("5 jours", exact=True).tap()
    page.locator("#pace").get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("Le nouveau rythme commence lundi prochain.")).to_be_visible()
    life.clock.set(life.monday + WEEK)
    page.goto("/streak")
    expect(page.get_by_text("Votre rythme\u00a0: une séance, ou 5 jours notés dans la semaine.")).to_be_visible()


def test_a_thread_is_hidden_and_shown_in_one_tap(life: Life, phone: Phone) -> None:
    life.live("KK")
    page = phone()
    page.goto("/streak")
    page.get_by_role("button", name="Masquer le fil").tap()
    expect(page.get_by_text("Le fil est masqué partout. Vos totaux restent.")).to_be_visible()
    expect(page.locator("[data-streak]")).to_have_count(0)
    page.goto("/")
    expect(page.locator("[data-streak], [data-streak-state]")).to_have_count(0)
    page.goto("/streak")
    page.get_by_role("button", name="Afficher le fil").tap()
    expect(page.locator("[data-streak]")).to_have_attribute("data-streak", "2")


LOOKS = [
    {},
    {"color_scheme": "dark"},
    {"viewport": {"width": 320, "height": 640}},
    {"forced_colors": "active"},
    {"locale": "en-GB", "reduced_motion": "reduce"},
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: ", ".join(look) or "a phone")
def test_the_thread_fits_every_screen_and_is_drawn_after_its_sentence(
    life: Life, phone: Phone, look: dict[str, object]
) -> None:
    life.live("KKMKNKK")
    page = phone(**look)
    for address in ("/streak", "/workshops", f"/workshops/{life.held[life.monday.date()].uid}", "/c"):
        page.goto(address)
        assert fits(page), address
    page.goto("/streak")
    # the week of joining, these seven, the running one, and a bit of thread at both ends
    expect(page.locator(".thread-big .strand svg")).to_have_count(11)
    page.locator("#thread summary").tap()
    expect(page.locator("#thread table")).to_be_visible()
    assert fits(page)
    colours = page.locator(".thread-big .strand").evaluate("element => getComputedStyle(element).color")
    assert colours != page.locator("body").evaluate("element => getComputedStyle(element).backgroundColor")
