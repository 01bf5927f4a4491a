"""A tap in the first instants of a page, before what keeps gestures is open: it waits for it, and never for long."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, entries, phone
from tests.cast import Cast

# The databases of this page open when the test says so, and not before.
HELD = """
  let open;
  const gate = new Promise((opened) => (open = opened));
  window.letItOpen = () => open();
  const { set } = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess");
  Object.defineProperty(IDBOpenDBRequest.prototype, "onsuccess", {
    set(told) { set.call(this, async (event) => { await gate; told(event); }); },
  });
"""


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    made = phone(watch.over(context), cast, live, "Ana")
    made.page.add_init_script(HELD)
    made.page.goto("/")
    return made


def test_without_network_it_is_kept_as_soon_as_it_may(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    ana.mood("bien")
    said = ana.page.locator("#said")
    expect(said).not_to_contain_text("Noté")
    ana.page.evaluate("letItOpen()")
    expect(said).to_contain_text("Enregistré sur cet appareil. L’envoi se fera au retour du réseau.")
    ana.waiting("1 note attend le réseau, sur cet appareil.")
    expect(ana.page.get_by_text("le réseau n’a pas répondu")).to_be_hidden()
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


def test_a_trembling_one_is_one_note(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    for _ in range(3):
        ana.mood("bien")
    ana.page.evaluate("letItOpen()")
    ana.waiting("1 note attend le réseau, sur cet appareil.")
    assert len(ana.rows()) == 1


def test_with_a_network_it_goes_by_itself_if_nothing_opens(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.mood("bien")
    ana.page.clock.run_for(2500)  # whoever waits for a browser that does not answer
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


def test_signing_out_at_once_leaves_nothing_here_either(ana: Phone) -> None:
    names = "async () => (await indexedDB.databases()).map((one) => one.name).filter((name) => name !== 'fil-device')"
    assert len(ana.page.evaluate(names)) == 1
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    ana.page.evaluate("letItOpen()")
    expect(ana.page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()
    ana.page.evaluate("letItOpen()")
    assert ana.page.evaluate(names) == []
