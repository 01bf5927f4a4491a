"""What goes wrong between a phone and the server: whatever it is, the queue stays whole and each note arrives once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, entries, phone
from tests.cast import Cast

ONE = "1 note attend le réseau, sur cet appareil."


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    return phone(watch.over(context), cast, live, "Ana")


def answer(ana: Phone, path: str, *answers: Callable[[Route], None]) -> None:
    """The next posts to this address get these answers, then the server's own."""
    left = list(answers)

    def route(asked: Route) -> None:
        if asked.request.method == "POST" and left:
            left.pop(0)(asked)
        else:
            asked.fallback()

    ana.context.route(f"**{path}", route)


def swallowed(route: Route) -> None:
    """The server has done it; its answer never arrives."""
    route.fetch()
    route.abort()


def portal(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<h1>Bienvenue à l’hôtel</h1>")


def other_json(route: Route) -> None:
    route.fulfill(json={"welcome": True})


def status(code: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=code, json={"error": "x"})


def waits(ana: Phone) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (status(500), "L’envoi n’a pas abouti. Rien n’est perdu."),
        (status(429), "L’envoi n’a pas abouti. Rien n’est perdu."),
        (portal, "L’envoi n’a pas abouti. Rien n’est perdu."),
        (other_json, "L’envoi n’a pas abouti. Rien n’est perdu."),
        (status(401), "Reconnectez-vous pour envoyer votre note."),
        (status(400), "Mise à jour nécessaire pour envoyer."),
    ],
)
def test_whatever_the_answer_what_waits_stays_and_the_page_says_what_to_do(
    ana: Phone, trouble: Callable[[Route], None], says: str, app: Flask, cast: Cast
) -> None:
    answer(ana, "/sync", *[trouble] * 20)
    waits(ana)
    ana.back()
    ana.waiting(says)
    ana.waiting(ONE)
    assert [row["state"] for row in ana.rows()] == ["waiting"]
    assert entries(app, "Ana", cast) == []


def test_an_answer_that_never_came_is_asked_again_and_nothing_is_doubled(ana: Phone, app: Flask, cast: Cast) -> None:
    answer(ana, "/sync", swallowed)
    waits(ana)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert len(ana.sent) == 2
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


def test_a_tap_whose_own_answer_never_came_is_kept_under_the_same_name(ana: Phone, app: Flask, cast: Cast) -> None:
    answer(ana, "/journal", swallowed)
    answer(ana, "/sync", *[status(503)] * 50)  # it tries again in its own time, which may be at once
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Enregistré sur cet appareil.")
    assert [row["attempts"] >= 1 for row in ana.rows()] == [True]
    ana.page.get_by_role("radio", name="moyenne").check(force=True)
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    ana.waiting(ONE)
    ana.context.unroute("**/sync")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.waiting("Envoyé")
    ana.quiet()
    expect(ana.page.locator("#waiting")).not_to_contain_text("Un autre appareil avait noté")
    assert entries(app, "Ana", cast) == [(4, 3, "2026-03-11")]


@pytest.mark.parametrize("trouble", [portal, status(401), lambda route: route.abort()])
def test_a_form_that_could_not_go_by_itself_is_kept(
    ana: Phone, trouble: Callable[[Route], None], app: Flask, cast: Cast
) -> None:
    answer(ana, "/journal", trouble)
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    ana.waiting("Envoyé")
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


def test_one_note_refused_stays_to_be_corrected_and_the_others_pass(ana: Phone, app: Flask, cast: Cast) -> None:
    def refuses_the_first(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        first, *others = asked["ops"]
        answered = route.fetch(post_data=json.dumps({**asked, "ops": others})).json()
        answered["results"].append({"op_id": first["op_id"], "status": "invalid", "reason": "local_date"})
        route.fulfill(json=answered)

    ana.away()
    ana.mood("difficile")
    ana.waiting(ONE)
    ana.mood("bien")
    ana.waiting("2 notes attendent le réseau, sur cet appareil.")
    answer(ana, "/sync", refuses_the_first)
    ana.back()
    ana.waiting("À corriger")
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert [(row["state"], row["reason"]) for row in ana.rows()] == [("fix", "local_date")]
    ana.page.reload()
    ana.waiting("À corriger")
    ana.page.get_by_role("button", name="Corriger").tap()
    ana.page.locator("#waiting").get_by_role("radio", name="moyen", exact=True).check(force=True)
    ana.page.locator("#waiting").get_by_role("button", name="Enregistrer").tap()
    ana.waiting("Envoyé")
    assert ana.rows() == []
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11"), (3, None, "2026-03-11")]


def test_a_note_to_correct_goes_only_when_its_owner_says_so(ana: Phone) -> None:
    def refuses(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        results = [{"op_id": op["op_id"], "status": "invalid", "reason": "bad_data"} for op in asked["ops"]]
        heading = {"schema": 1, "person_uid": asked["person_uid"], "server_epoch": "e", "now": asked["sent_at"]}
        route.fulfill(json={**heading, "results": results})

    waits(ana)
    answer(ana, "/sync", refuses)
    ana.back()
    ana.waiting("À corriger")
    ana.page.locator("#waiting summary", has_text="Effacer").tap()
    assert len(ana.rows()) == 1
    ana.page.locator("#waiting").get_by_role("button", name="Effacer").tap()
    expect(ana.page.locator("#waiting")).to_be_hidden()
    assert ana.rows() == []


def test_a_conflict_is_told_once_with_the_way_to_the_note(ana: Phone) -> None:
    def words(route: Route) -> None:
        got = route.fetch().json()
        got["results"][0] |= {"status": "conflict", "reason": "words", "copy_id": got["results"][0]["op_id"]}
        route.fulfill(json=got)

    waits(ana)
    answer(ana, "/sync", words)
    ana.back()
    ana.waiting("Deux versions de cette note existaient. Les deux sont gardées.")
    ana.page.get_by_role("link", name="Voir la note").tap()
    expect(ana.page).to_have_url(re.compile("/journal/entries/"))
    ana.page.goto("/")
    expect(ana.page.locator("#waiting")).to_be_hidden()
    assert ana.rows() == []


def test_a_full_device_says_so_and_what_waits_already_is_untouched(ana: Phone, app: Flask, cast: Cast) -> None:
    waits(ana)
    ana.page.evaluate("""() => {
      IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    ana.page.get_by_label("Une note pour vous (facultatif)").fill("Des mots à garder.")
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.locator("#said")).to_contain_text("Non enregistré\u00a0: la mémoire de cet appareil est pleine.")
    expect(ana.page.get_by_label("Une note pour vous (facultatif)")).to_have_value("Des mots à garder.")
    assert len(ana.rows()) == 1
    ana.page.goto("/")
    ana.back()
    ana.waiting("Envoyé")
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


@pytest.mark.parametrize("tabs", [1, 2])
def test_without_locks_or_background_sync_it_leaves_when_the_page_comes_back(
    context: BrowserContext, cast: Cast, live: Live, watch: Watch, app: Flask, tabs: int
) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    ana = phone(watch.over(context), cast, live, "Ana")
    others: list[Page] = [context.new_page() for _ in range(tabs - 1)]
    for other in others:
        other.goto("/")
    waits(ana)
    ana.back()
    begun = monotonic()
    for page in [ana.page, *others]:
        page.evaluate("dispatchEvent(new Event('pageshow'))")
    ana.waiting("Envoyé")
    assert monotonic() - begun < 3
    ana.quiet()
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]


def test_two_tabs_send_each_note_once(ana: Phone, app: Flask, cast: Cast) -> None:
    other = ana.context.new_page()
    other.goto("/")
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    other.get_by_role("button", name="Noter\u00a0: moyen").tap()
    expect(other.locator("#waiting")).to_contain_text("2 notes attendent le réseau")
    ana.waiting("2 notes attendent le réseau")
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert sorted(mood for mood, *_ in entries(app, "Ana", cast)) == [3, 4]
    assert len({op["op_id"] for op in ana.sent}) == 2


def test_a_browser_that_wakes_its_worker_sends_with_every_page_closed(
    context: BrowserContext, cast: Cast, live: Live, watch: Watch, app: Flask
) -> None:
    context.grant_permissions(["background-sync"], origin=live.url)
    ana = phone(watch.over(context), cast, live, "Ana", wakes=True)
    waits(ana)
    ana.page.goto("about:blank")
    ana.back()
    expect.set_options(timeout=10000)
    held: list[Any] = []
    for _ in range(100):
        held = entries(app, "Ana", cast)
        if held:
            break
        ana.page.wait_for_timeout(100)
    assert held == [(4, None, "2026-03-11")]


def test_a_browser_that_closed_by_itself_what_it_keeps_opens_it_again(
    context: BrowserContext, cast: Cast, live: Live, watch: Watch, app: Flask
) -> None:
    """A phone that slept: the page is still there, its database is not open any more."""
    context.add_init_script("""
      window.held = [];
      const { set } = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess");
      Object.defineProperty(IDBOpenDBRequest.prototype, "onsuccess", {
        set(told) { set.call(this, (event) => { window.held.push(this.result); told(event); }); },
      });
    """)
    ana = phone(watch.over(context), cast, live, "Ana")
    asleep = "held.forEach((one) => one.close?.())"
    ana.page.evaluate(asleep)
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4]
    ana.page.evaluate(asleep)
    ana.away()
    ana.mood("moyen")
    ana.waiting("1 note attend le réseau, sur cet appareil.")
    ana.back()
    ana.waiting("Envoyé")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4, 3]


def test_a_server_that_says_when_is_not_asked_before(ana: Phone, app: Flask, cast: Cast) -> None:
    """Whatever is saved, and wherever one comes back from; only whoever asks for it is not made to wait."""
    busy = lambda route: route.fulfill(status=429, headers={"Retry-After": "40"}, json={"error": "x"})  # noqa: E731
    answer(ana, "/sync", busy, busy)
    waits(ana)
    ana.back()
    ana.waiting("L’envoi n’a pas abouti. Rien n’est perdu.")
    ana.mood("moyen")
    ana.waiting("2 notes attendent le réseau")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.page.clock.run_for(20_000)
    ana.waiting("L’envoi n’a pas abouti. Rien n’est perdu.")
    assert len(ana.sent) == 1
    with ana.page.expect_response("**/sync"):
        ana.page.locator("[data-act=now]").tap()
    assert len(ana.sent) == 3
    expect(ana.page.locator("#waiting [data-state=retry]")).to_be_visible()
    ana.page.clock.run_for(41_000)
    ana.waiting("Envoyé")
    ana.quiet()
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4, 3]
