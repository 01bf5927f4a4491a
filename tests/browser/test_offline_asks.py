"""What a page asks of its browser for what waits, and no screen shows: a disk that was waited for, a last batch."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, entries, phone
from tests.browser.until import until
from tests.cast import Cast

LISTENED = """
  window.asked = { persist: 0, kept: [], sent: [] };
  const { persist } = StorageManager.prototype;
  StorageManager.prototype.persist = function () { window.asked.persist += 1; return persist.call(this); };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (this.name !== "fil-device") window.asked.kept.push([mode, options?.durability]);
    return transaction.call(this, stores, mode, options);
  };
  const { fetch } = window;
  window.fetch = function (address, options) {
    if (address === "/sync" && options?.method === "POST")
      window.asked.sent.push({ ...options, signal: Boolean(options.signal), bytes: new Blob([options.body]).size });
    return fetch.call(window, address, options);
  };
"""
REACHED_LATER = "Object.defineProperty(navigator, 'onLine', { get: () => Boolean(window.reached) })"
LOOKED_AT = """(seen) => {
  Object.defineProperty(document, "visibilityState", { get: () => seen, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    made = phone(watch.over(context), cast, live, "Ana")
    made.page.add_init_script(LISTENED)
    made.page.goto("/")
    return made


def test_every_note_waits_for_the_disk_and_after_the_third_the_browser_is_asked_once_to_keep_them(ana: Phone) -> None:
    ana.away()
    for n, word in enumerate(("bien", "moyen", "difficile", "bien"), start=1):
        ana.mood(word)
        ana.waiting("1 note attend" if n == 1 else f"{n} notes attendent")
        assert ana.page.evaluate("asked.persist") == (1 if n > 2 else 0)
    assert ana.page.evaluate("asked.kept.every(([, durability]) => durability === 'strict')")


def test_a_page_that_is_left_sends_one_last_batch_that_outlives_it(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.page.evaluate(REACHED_LATER)
    ana.mood("bien")
    ana.waiting("1 note attend")
    ana.page.evaluate("window.reached = true")  # and this page has not heard of it yet
    ana.page.evaluate(LOOKED_AT, "hidden")
    until(ana.page, "asked.sent.length > 0")
    [sent] = [one for one in ana.page.evaluate("asked.sent") if one["keepalive"]]
    assert sent["bytes"] <= 60 * 1024
    assert (sent["redirect"], sent["credentials"], sent["signal"]) == ("error", "same-origin", True)
    ana.page.evaluate(LOOKED_AT, "visible")
    ana.quiet()
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]


def test_a_page_that_stays_open_tries_every_minute_and_looks_again_every_six_hours(
    ana: Phone, app: Flask, cast: Cast
) -> None:
    looked: list[str] = []
    ana.page.on("request", lambda asked: looked.append(asked.method) if asked.url.endswith("/sync") else None)
    ana.page.evaluate(REACHED_LATER)
    ana.mood("bien")
    ana.waiting("1 note attend")
    ana.page.evaluate("window.reached = true")
    ana.page.clock.run_for(61_000)
    ana.waiting("Envoyé")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]
    assert looked == ["POST"]
    with ana.page.expect_request("**/sync") as again:
        ana.page.clock.fast_forward(6 * 3600_000)
        ana.page.clock.run_for(61_000)
    assert again.value.method == "GET"


def test_signing_out_waits_ten_seconds_for_a_server_that_says_nothing_and_then_asks(ana: Phone) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting("1 note attend")
    ana.context.route("**/sync", lambda route: None if route.request.method == "POST" else route.continue_())
    ana.back()
    ana.page.get_by_role("button", name="Se déconnecter").tap()
    ana.page.clock.run_for(9_000)
    expect(ana.page.get_by_role("dialog")).to_have_count(0)
    ana.page.clock.run_for(2_000)
    expect(ana.page.get_by_role("dialog")).to_contain_text("1 note attend encore l’envoi.")
    assert len(ana.rows()) == 1


def test_the_settings_say_when_this_browser_may_clear_what_waits(ana: Phone, live: Live) -> None:
    words = "Ce navigateur peut effacer ce qui attend. Installez l’application, ou envoyez dès que possible."
    ana.page.goto("/settings")
    expect(ana.page.get_by_text(words)).to_be_visible()
    ana.page.add_init_script("StorageManager.prototype.persisted = async () => true")
    ana.page.goto("/settings")
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    ana.page.wait_for_load_state("networkidle")
    expect(ana.page.get_by_text(words)).to_be_hidden()
