"""A phone that goes down into a basement: what it holds, what the server got, and the network between the two."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, Route, expect
from sqlalchemy import text

from tests.browser.conftest import Live
from tests.cast import Cast
from wellbeing.db import db

IN_A_LONG_TIME = 4102444800  # the first day of 2100
READY = """() => navigator.serviceWorker.ready.then(async (r) => {
  while (r.active.state !== "activated") await new Promise((go) => setTimeout(go, 20));
  return (await Promise.all(["fr", "en"].map((language) => caches.match(`/offline/${language}`)))).some(Boolean);
})"""
# Which worker is there, by its language and what it is: "waiting" for its turn, or "active".
WORKER = """async ([language, what]) => {
  const registration = await navigator.serviceWorker.ready;
  for (let turn = 0; turn < 200; turn++) {
    const one = registration[what];
    const speaks = one && new URL(one.scriptURL).searchParams.get("lang") === language;
    if (speaks && ["installed", "activated"].includes(one.state)) return true;
    await new Promise((go) => setTimeout(go, 50));
  }
}"""
# A browser without a screen shows all of its pages always. This is what a page, and then a worker, are told otherwise.
HIDDEN = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  delete document.visibilityState;
}"""
SEES_NOBODY = "Object.defineProperty(WindowClient.prototype, 'visibilityState', { get: () => 'hidden' })"
# What a person's database holds, read without any script of ours; nothing is opened that is not there.

ROWS = """async (store) => {
  const found = (await indexedDB.databases()).map((one) => one.name).filter((name) => /^fil-.{36}$/.test(name));
  const rows = {};
  for (const name of found) {
    const open = indexedDB.open(name);
    await new Promise((go) => (open.onsuccess = go));
    const all = open.result.transaction(store).objectStore(store).getAll();
    await new Promise((go) => (all.onsuccess = go));
    open.result.close();
    rows[name] = all.result.map(({ op_id, seq, state, attempts, reason }) => ({ op_id, seq, state, attempts, reason }));
  }
  return rows;
}"""


@dataclass
class Phone:
    """Somebody's browser. `page` is open; `away()` and `back()` take the network from it and give it back."""

    context: BrowserContext
    page: Page
    name: str
    sent: list[dict[str, Any]] = field(default_factory=list)
    answers: list[Callable[[Route], None]] = field(default_factory=list)

    def away(self) -> None:
        self.context.set_offline(True)

    def back(self) -> None:
        self.context.set_offline(False)

    def mood(self, word: str) -> None:
        self.page.get_by_role("button", name=f"Noter\u00a0: {word}", exact=True).tap()

    def rows(self, store: str = "outbox") -> list[dict[str, Any]]:
        """What waits, in whichever database of a person this browser has."""
        try:
            found = self.page.evaluate(ROWS, store)
        except Error as gone:  # the real page takes the place of the one without network when it likes
            if "context was destroyed" not in str(gone):
                raise
            self.page.wait_for_load_state()
            found = self.page.evaluate(ROWS, store)
        return [row for rows in found.values() for row in rows]

    def waiting(self, text: str) -> None:
        """The region shows these words; hidden ones do not count."""
        expect(self.page.locator("#waiting").get_by_text(text).filter(visible=True).first).to_be_visible()

    def quiet(self) -> None:
        """Nothing waits any more, on the screen as in the database."""
        expect(self.page.locator("#waiting .outbox-count")).to_be_hidden()
        assert self.rows() == []


def phone(context: BrowserContext, cast: Cast, live: Live, name: str, *, wakes: bool = False) -> Phone:
    """The own device of one of the cast, whose clock is the server's, with the shell kept and Today open.

    Unless it `wakes`, its browser has no Background Sync, like most: a worker has the clock of this machine.
    """
    if not wakes:
        context.add_init_script("delete window.SyncManager")
    cookie = cast.browser(name).get_cookie("fil")
    assert cookie is not None
    context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url, "expires": IN_A_LONG_TIME}])
    context.clock.install(time=cast.now)
    page = context.new_page()
    made = Phone(context, page, name)
    context.on("request", lambda request: _remember(made, request))
    page.goto("/")
    assert page.evaluate(READY)
    page.goto("/")
    return made


def _remember(made: Phone, request: Any) -> None:
    if request.url.endswith("/sync") and request.method == "POST":
        made.sent.extend(json.loads(request.post_data or "{}").get("ops", []))


def entries(app: Flask, name: str, cast: Cast) -> list[tuple[Any, ...]]:
    """The moods, energies and dates of a person, as the database holds them."""
    with app.app_context():
        asked = text("SELECT mood, energy, local_date FROM entry WHERE person_id = :person ORDER BY id")
        found = [tuple(row) for row in db.session.execute(asked, {"person": cast.person(name).id})]
        db.session.rollback()
    return found


def attended(app: Flask, name: str, cast: Cast) -> list[str]:
    with app.app_context():
        asked = text("SELECT how FROM attendance WHERE person_id = :person")
        found = [str(row[0]) for row in db.session.execute(asked, {"person": cast.person(name).id})]
        db.session.rollback()
    return found


def put_away(page: Page, language: str) -> None:
    """The telephone goes into a pocket, and the worker of this language, which waited for that, takes over."""
    assert page.evaluate(WORKER, [language, "waiting"])
    waits = [one for one in page.context.service_workers if f"lang={language}" in one.url][-1]
    waits.evaluate(SEES_NOBODY)
    page.evaluate(HIDDEN)
    assert page.evaluate(WORKER, [language, "active"])


def answered(context: BrowserContext, *answers: Callable[[Route], None]) -> Iterator[None]:
    """While this is open, `POST /sync` gets these answers in turn, then the server's own."""
    left = list(answers)

    def route(asked: Route) -> None:
        if asked.request.method == "POST" and left:
            left.pop(0)(asked)
        else:
            asked.continue_()

    context.route("**/sync", route)
    yield
    context.unroute("**/sync", route)
