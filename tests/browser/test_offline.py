"""J3 in a real Chromium: a basement without network. Nothing lost, nothing doubled, and the screen never says more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser.conftest import PHONE, Live, Watch
from tests.browser.offline import Phone, attended, entries, phone
from tests.browser.until import until
from tests.cast import CANARY, Cast
from tests.workshops.presences import stage

HERE = "Enregistré sur cet appareil. L’envoi se fera au retour du réseau."
ONE, TWO = "1 note attend le réseau, sur cet appareil.", "2 notes attendent le réseau, sur cet appareil."


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    cast.workshop("Willow", cast.now + timedelta(minutes=30))
    return phone(watch.over(context), cast, live, "Ana")


def test_a_tap_without_network_is_kept_before_the_screen_says_so_and_leaves_once(
    ana: Phone, app: Flask, cast: Cast
) -> None:
    ana.away()
    before = ana.page.get_by_role("button", name="Noter\u00a0: bien").bounding_box()
    ana.mood("bien")
    said = ana.page.locator("#said")
    expect(said).to_contain_text("Noté\u00a0: bien.")
    expect(said).to_contain_text(HERE)
    assert ana.page.get_by_role("button", name="Noter\u00a0: bien").bounding_box() == before
    ana.waiting(ONE)
    assert [(row["state"], row["attempts"]) for row in ana.rows()] == [("waiting", 0)]
    assert entries(app, "Ana", cast) == []
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert len(ana.sent) == 1
    assert len(ana.rows("acked")) == 1


def test_the_icon_says_how_many_notes_wait_where_that_is_wanted_and_nothing_else(
    context: BrowserContext, cast: Cast, live: Live, watch: Watch
) -> None:
    cast.browser("Ana").post("/settings/badge", data={"badge": "1"})
    context.add_init_script("navigator.setAppBadge = async (n) => { (window.badges ??= []).push(n) }")
    ana = phone(watch.over(context), cast, live, "Ana")
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    until(ana.page, "() => window.badges.at(-1) === 1")
    ana.back()
    ana.waiting("Envoyé")
    until(ana.page, "() => window.badges.at(-1) === 0")


def test_the_icon_says_nothing_where_nobody_asked(ana: Phone) -> None:
    ana.page.evaluate("() => { navigator.setAppBadge = async (n) => { (window.badges ??= []).push(n) } }")
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    until(ana.page, "() => window.badges.length > 0")
    assert set(ana.page.evaluate("() => window.badges")) == {0}


def test_what_is_added_or_taken_back_before_it_leaves_changes_what_waits(ana: Phone, app: Flask, cast: Cast) -> None:
    ana.away()
    ana.mood("bien")
    expect(ana.page.locator("#details")).to_contain_text("Et votre énergie")
    ana.page.get_by_role("radio", name="moyenne").check(force=True)
    ana.page.get_by_label("Une note pour vous (facultatif)").fill(f"Bonne répétition, {CANARY}.")
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est noté.")
    ana.mood("difficile")
    expect(ana.page.locator("#said")).to_contain_text("Merci de l’avoir posé ici")
    ana.waiting(TWO)
    ana.page.locator("#said").get_by_role("button", name="Annuler").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est effacé.")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert [op["kind"] for op in ana.sent] == ["entry.create"]
    assert entries(app, "Ana", cast) == [(4, 3, "2026-03-11")]
    ana.page.goto("/journal/2026-03-11")
    expect(ana.page.get_by_text(f"Bonne répétition, {CANARY}.")).to_be_visible()


def test_the_basement_page_has_the_moods_the_workshop_the_thread_what_waits_and_help(
    ana: Phone, app: Flask, cast: Cast
) -> None:
    words = ana.page.locator(".mood").all_inner_texts()
    sizes = [button.bounding_box() for button in ana.page.locator(".mood").all()]
    expect(ana.page.locator("#thread, .strip").first).to_be_visible()
    assert ana.rows("snapshot") is not None
    ana.away()
    begun = monotonic()
    ana.page.goto("/")
    expect(ana.page.get_by_text("Hors connexion. Vous pouvez continuer à noter.")).to_be_visible()
    assert monotonic() - begun < 2
    assert ana.page.locator(".mood").all_inner_texts() == words
    ours = [button.bounding_box() for button in ana.page.locator(".mood").all()]
    assert [box and (box["width"], box["height"]) for box in ours] == [
        box and (box["width"], box["height"]) for box in sizes
    ]
    expect(ana.page.locator("#next")).to_contain_text("Willow")
    expect(ana.page.locator("a[href='tel:3114']")).to_be_visible()
    expect(ana.page.locator("[data-at=thread]")).to_contain_text(re.compile("semaine", re.IGNORECASE))
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text(HERE)
    ana.page.locator("#next").get_by_role("button", name="J’y étais").first.tap()
    expect(ana.page.locator("#next")).to_contain_text(HERE)
    ana.waiting(TWO)
    assert entries(app, "Ana", cast) == []
    ana.back()
    ana.waiting("Envoyé")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    ana.quiet()
    assert entries(app, "Ana", cast) == [(4, None, "2026-03-11")]
    assert attended(app, "Ana", cast) == ["declared"]


def test_the_parts_of_a_stage_are_said_in_the_basement(
    context: BrowserContext, cast: Cast, live: Live, watch: Watch
) -> None:
    made = stage(cast, "Willow", cast.now + timedelta(minutes=30), 0, 15, 24)
    ana = phone(watch.over(context), cast, live, "Ana")
    ana.page.goto(f"/workshops/{made.uid}")
    parts = ana.page.locator("main .stack-s li").all_inner_texts()
    assert len(parts) == 3
    ana.page.goto("/")
    ana.away()
    ana.page.goto("/")
    said = ana.page.locator(f"#title-{made.uid} small")
    expect(said).to_be_visible()
    assert said.inner_text().splitlines() == parts
    assert ana.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_code_of_the_day_is_kept_in_the_basement(ana: Phone, app: Flask, cast: Cast) -> None:
    code = next(code for uid, code in reversed(cast.codes.items()) if len(uid) > 8)
    ana.away()
    ana.page.goto(f"/c/{code}")
    expect(ana.page.locator("#next [name=code]").first).to_have_value(code)
    ana.page.get_by_role("button", name="J’y suis").first.tap()
    expect(ana.page.locator("#next")).to_contain_text(HERE)
    ana.back()
    ana.waiting("Envoyé")
    assert attended(app, "Ana", cast) == ["code"]


def test_any_other_page_says_that_it_needs_a_connection_and_help_opens_whole(ana: Phone) -> None:
    ana.away()
    ana.page.goto("/streak")
    expect(ana.page.get_by_text("Cette page demande une connexion.")).to_be_visible()
    ana.page.get_by_role("link", name="Besoin d’aide").first.tap()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Parler à quelqu’un, maintenant ou plus tard")
    expect(ana.page.locator("a[href='tel:3114']").first).to_be_visible()


def test_nothing_of_a_person_is_in_what_the_phone_keeps_for_everyone(ana: Phone) -> None:
    ana.away()
    ana.mood("bien")
    ana.page.get_by_label("Une note pour vous (facultatif)").fill(CANARY)
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est noté.")
    found = ana.page.evaluate("""async () => {
      const kept = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          kept.push(await (await caches.match(request)).text());
      return [kept.join(" "), JSON.stringify({ ...localStorage, ...sessionStorage })];
    }""")
    for text in found:
        assert CANARY not in text
        assert "Willow" not in text
    assert found[1] == "{}"


def test_a_phone_that_was_restarted_in_the_basement_still_has_everything(
    playwright: Playwright,
    browser_type_launch_args: dict[str, Any],
    live: Live,
    watch: Watch,
    cast: Cast,
    app: Flask,
    tmp_path: Path,
) -> None:
    def started() -> BrowserContext:
        return watch.over(
            playwright.chromium.launch_persistent_context(
                str(tmp_path / "profile"),
                **browser_type_launch_args,
                viewport=PHONE,
                has_touch=True,
                locale="fr-FR",
                timezone_id="Europe/Paris",
                base_url=live.url,
            )
        )

    context = started()
    ana = phone(context, cast, live, "Ana")
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    context.close()
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b'"felt_at":"2026' not in files
    context = started()
    context.clock.install(time=cast.now)
    context.add_init_script("delete window.SyncManager")
    context.set_offline(True)
    again = Phone(context, context.new_page(), "Ana")
    again.page.goto("/")
    again.waiting(ONE)
    again.mood("moyen")
    again.waiting(TWO)
    again.back()
    again.waiting("Envoyé")
    assert [mood for mood, *_ in entries(app, "Ana", cast)] == [4, 3]
    context.close()


def test_without_an_answer_the_page_comes_in_five_seconds(ana: Phone, app: Flask) -> None:
    """A network that is there and never answers."""
    answers, released = app.wsgi_app, Event()

    def stuck(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/":
            released.wait(20)
        return answers(environ, start_response)

    app.wsgi_app = stuck  # type: ignore[method-assign]
    begun = monotonic()
    ana.page.goto("/", wait_until="commit")
    expect(ana.page.get_by_text("Hors connexion. Vous pouvez continuer à noter.")).to_be_visible(timeout=9000)
    assert 4 < monotonic() - begun < 8
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text(HERE)
    released.set()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_note_keeps_the_day_of_the_place_where_it_was_felt(
    new_context: Callable[..., BrowserContext], cast: Cast, live: Live, app: Flask, zone: str
) -> None:
    ana = phone(new_context(timezone_id=zone), cast, live, "Ana")
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.back()
    ana.waiting("Envoyé")
    day = {"Pacific/Kiritimati": "2026-03-12", "Pacific/Pago_Pago": "2026-03-11"}[zone]
    assert entries(app, "Ana", cast) == [(4, None, day)]
