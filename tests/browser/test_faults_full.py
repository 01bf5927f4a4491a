"""F17: a device that is really full, by the browser's own quota. What waits is not touched, and can still leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live
from tests.browser.offline import Phone, entries, phone
from tests.cast import Cast
from tests.clock import Clock
from tests.reflections.around import HOUR, long_in
from tests.reflections.told import keepsakes

ONE = "1 note attend le réseau, sur cet appareil."
ROOM = 40_000  # bytes that this origin may still take
FULL = "Non enregistré\u00a0: la mémoire de cet appareil est pleine."
# Takes what room is left, by large steps and then by small ones, and says how the last one ended.
FILL = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => /^fil-.{36}$/.test(one));
  const open = indexedDB.open(name);
  await new Promise((go) => (open.onsuccess = go));
  let ended;
  for (const bytes of [2000, 10])
    for (let n = 0; n < 400 && (!ended || ended === "kept"); n++) {
      const all = open.result.transaction("meta", "readwrite", { durability: "strict" });
      all.objectStore("meta").put("x".repeat(bytes), `filler ${bytes} ${n}`);
      ended = await new Promise((go) => { all.oncomplete = () => go("kept"); all.onabort = () => go(all.error.name); });
      if (ended !== "kept" && bytes > 10) { ended = ""; break; }
    }
  open.result.close();
  return ended;
}"""


@pytest.fixture
def full(started: Callable[[], BrowserContext], cast: Cast, live: Live, clock: Clock) -> Phone:
    """Ana's phone, without network, a note waiting, and not a byte of room left. A workshop is just over."""
    long_in(cast)
    cast.workshop("Willow", cast.now - 2 * HOUR)
    context = started()
    before = phone(context, cast, live, "Ana")
    before.away()
    before.mood("bien")
    before.waiting(ONE)
    signed_in = context.cookies()
    context.close()
    # A browser remembers for half a minute how much room there was: one that was just started asks.
    context = started()
    context.add_cookies(signed_in)
    context.clock.install(time=cast.now)
    context.add_init_script("delete window.SyncManager")
    context.set_offline(True)
    ana = Phone(context, context.new_page(), "Ana")
    ana.page.goto("/help/fr")  # it opens nothing of hers
    asked = context.new_cdp_session(ana.page)
    used = asked.send("Storage.getUsageAndQuota", {"origin": live.url})["usage"]
    asked.send("Storage.overrideQuotaForOrigin", {"origin": live.url, "quotaSize": used + ROOM})
    assert ana.page.evaluate(FILL) == "QuotaExceededError"
    ana.page.goto("/")
    ana.waiting(ONE)
    return ana


def test_a_device_that_is_really_full_says_so_and_what_waits_leaves(full: Phone, app: Flask, cast: Cast) -> None:
    full.mood("moyen")
    expect(full.page.locator("#said")).to_contain_text(FULL)
    card = full.page.locator("[id^=after-]")
    card.get_by_label("Ce que j’emporte (facultatif)").fill("Des mots à garder.")
    card.get_by_role("button", name="Enregistrer").tap()
    expect(card).to_contain_text(FULL)
    expect(card.get_by_label("Ce que j’emporte (facultatif)")).to_have_value("Des mots à garder.")
    assert [(row["state"], row["attempts"]) for row in full.rows()] == [("waiting", 0)]
    full.back()
    full.waiting("Envoyé")
    full.quiet()
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert keepsakes(cast) == []
    expect(card.get_by_label("Ce que j’emporte (facultatif)")).to_have_value("Des mots à garder.")
    full.context.close()


def test_with_a_network_what_cannot_wait_goes_at_once(full: Phone, app: Flask, cast: Cast) -> None:
    full.context.route("**/sync", lambda route: route.abort())
    full.back()
    full.page.goto("/")
    full.waiting(ONE)
    full.mood("moyen")
    expect(full.page.locator("#said")).to_contain_text("Noté\u00a0: moyen.")
    assert entries(app, "Ana", cast) == [(3, None, "2026-03-11")]
    assert len(full.rows()) == 1
    full.context.unroute("**/sync")
    full.page.evaluate("dispatchEvent(new Event('online'))")
    full.waiting("Envoyé")
    full.quiet()
    assert sorted(mood for mood, *_ in entries(app, "Ana", cast)) == [3, 4]
    full.context.close()
