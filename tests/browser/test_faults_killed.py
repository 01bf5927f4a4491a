"""F11: the browser's process is killed between any two steps of saving, sending, listing and moving. Every gesture is
one row, a mood as what is said before a workshop, and the screen had not said « enregistré » of what was not kept."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live
from tests.browser.offline import Phone, entries, phone
from tests.cast import Cast
from tests.reflections.around import HOUR
from tests.reflections.told import told

# Where it stops: the page asks for an address that is never answered, and its one thread waits for it.
STOPS = """
  const at = (step) => {
    if (step !== STEP || window.stopped) return;
    window.stopped = true;
    const asked = new XMLHttpRequest();
    asked.open("GET", "/stopped-here", false);
    try { asked.send(); } catch {}
  };
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...key) {
    const request = put.call(this, value, ...key);
    if (this.name === "outbox" && !value.attempts) this.transaction.kept = true;
    if (this.name === "acked") this.transaction.moved = true;
    at({ outbox: value.attempts ? "offering" : "saving", acked: "moving" }[this.name]);
    return request;
  };
  const complete = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete");
  Object.defineProperty(IDBTransaction.prototype, "oncomplete", { set(told) {
    complete.set.call(this, (event) => {
      at(this.moved ? "moved" : this.kept ? "saved" : "");
      told(event);
    });
  } });
  const really = window.fetch;
  window.fetch = async (address, asked = {}) => {
    const sync = address === "/sync" && asked.method === "POST";
    if (sync) at("sending");
    const answer = await really(address, asked);
    if (sync) at("answered");
    return answer;
  };
"""
# The step, and whether the gesture is on the device, and on the server, when the process dies there.
STEPS = {
    "saving": (False, False), "saved": (True, False), "offering": (True, False),
    "sending": (True, False), "answered": (True, True), "moving": (True, True), "moved": (False, True),
}  # fmt: skip

GESTURES = {
    "mood": "() => document.querySelector('#picker [name=mood][value=\"4\"]').click()",
    "before": """() => {
      const form = document.querySelector("[id^=before-] form");
      form.querySelector("[name=mood][value='4']").checked = true;
      form.requestSubmit();
    }""",
}


def kill(profile: Path) -> None:
    """SIGKILL to every process of the browser that lives in this folder."""
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if str(profile).encode() in line.read_bytes():
                os.kill(int(line.parent.name), signal.SIGKILL)


@pytest.mark.parametrize(("gesture", "step"), list(itertools.product(GESTURES, STEPS)))
def test_a_browser_that_is_killed_anywhere_loses_nothing_it_said_was_kept(
    started: Callable[[], BrowserContext], cast: Cast, live: Live, app: Flask, tmp_path: Path, gesture: str, step: str
) -> None:
    cast.workshop("Willow", cast.now + HOUR / 2)

    def on_the_server() -> int:
        return len(entries(app, "Ana", cast) if gesture == "mood" else told(cast))

    context = started()
    ana = phone(context, cast, live, "Ana")
    context.route("**/stopped-here", lambda route: None)
    ana.page.add_init_script(f"{{ const STEP = '{step}'; {STOPS} }}")
    ana.page.goto("/", wait_until="networkidle")  # by then the outbox is open
    ana.away()
    with context.expect_event("request", lambda asked: asked.url.endswith("/stopped-here")):
        ana.page.evaluate(GESTURES[gesture])
        if step not in ("saving", "saved"):
            ana.waiting("1 note attend le réseau")
            ana.back()
    signed_in = context.cookies()  # a browser writes them down every half a minute; a person would sign in again
    with context.expect_event("close"):
        kill(tmp_path / "profile")
    kept, arrived = STEPS[step]
    assert on_the_server() == arrived
    context = started()
    context.add_cookies(signed_in)
    context.clock.install(time=cast.now)
    context.add_init_script("delete window.SyncManager")
    context.set_offline(True)
    again = Phone(context, context.new_page(), "Ana")
    again.page.goto("/")
    assert (len(again.rows()), len(again.rows("acked"))) == (kept, step == "moved")
    again.back()
    if kept:
        again.waiting("Envoyé")
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")  # the real page takes its place
    again.quiet()
    assert on_the_server() == (kept or arrived)
    context.close()
