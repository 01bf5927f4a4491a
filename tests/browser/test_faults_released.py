"""F10 of the fault matrix: a new release comes while notes wait on a phone, one of a kind no server knows yet."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, entries, phone
from tests.cast import Cast

# One more gesture in the queue, of a kind that a later page makes and this server has never heard of.
FROM_LATER = """async (version) => {
  const of = (name) => import(`/static/${version}/js/outbox/${name}.js`);
  const [{ Outbox }, { keptTables }] = await Promise.all([of("outbox"), of("tables")]);
  const outbox = await new Outbox(document.body.dataset.person, await keptTables(document.body.dataset.person)).open();
  const data = { answers: [1, 2] };
  await outbox.save({ op_id: crypto.randomUUID(), kind: "checkup.answer", entity: "c1", base_version: 0,
                     recorded_at: "2026-03-11T18:00:00Z", data });
  outbox.tables.close();
}"""


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    return phone(watch.over(context), cast, live, "Ana")


def test_a_new_release_takes_over_when_asked_and_loses_nothing_that_waits(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.page.evaluate(FROM_LATER, app.config["ASSETS_VERSION"])
    ana.away()
    ana.page.reload()
    ana.mood("bien")
    ana.mood("moyen")
    ana.waiting("attendent le réseau")
    app.config["SHELL_RELEASE"] = "a" * 16
    # The page without network would send as soon as it can, or give way by itself in the middle of what follows.
    ana.context.route("**/sync", lambda asked: asked.abort())
    ana.back()
    ana.page.goto("/")
    ana.page.evaluate("navigator.serviceWorker.ready.then((r) => r.update())")  # as a browser does, in its own time
    expect(ana.page.locator("#new-version")).to_be_visible()
    ana.context.unroute("**/sync")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    expect(ana.page.locator("#waiting .outbox-sent")).to_be_visible()
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4, 3]  # the old page still sends
    ana.page.evaluate("""() => {
      window.same = true;
      const typed = document.createElement("textarea");
      typed.value = "encore en train d’écrire";
      document.querySelector("main").append(typed);
    }""")
    ana.page.locator("#new-version button").tap()
    assert ana.page.evaluate("window.same"), "nobody is interrupted"
    assert ana.page.evaluate("navigator.serviceWorker.ready.then((r) => r.waiting !== null)")
    ana.page.evaluate("""() => {
      const ticked = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
      document.querySelector("main > textarea").replaceWith(ticked);
    }""")
    ana.page.locator("#new-version button").tap()
    assert ana.page.evaluate("window.same"), "nor is what was ticked taken away"
    ana.page.evaluate("document.querySelector('main > input').remove()")
    with ana.page.expect_event("load"):
        ana.page.locator("#new-version button").tap()
    expect(ana.page.locator("#new-version")).to_be_hidden()
    assert ana.page.evaluate("caches.keys()") == [f"shell-{'a' * 16}-fr"]
    (unknown,) = ana.rows()
    assert (unknown["state"], unknown["attempts"] > 0) == ("waiting", True), "kept for the release that will know it"
    assert len(entries(app, "Ana", cast)) == 2
