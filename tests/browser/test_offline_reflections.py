"""Before and after a workshop, in a basement (J3): the same questions in the same taps, corrected while they wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, entries, phone
from tests.browser.reflecting import (
    CALM,
    FELT,
    HERE,
    ONE,
    TWO,
    WORDS,
    a_workshop_soon,
    after,
    before,
    in_the_basement,
    say,
)  # fmt: skip
from tests.browser.test_before_and_after import Taps
from tests.browser.test_faults_killed import kill
from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.reflections.around import HOUR
from tests.reflections.told import keepsakes, told
from tests.workshops.presences import presences
from wellbeing.models.workshop import Workshop


@pytest.fixture
def soon(cast: Cast) -> Workshop:
    return a_workshop_soon(cast)


@pytest.fixture
def ana(context: BrowserContext, soon: Workshop, cast: Cast, live: Live, watch: Watch) -> Phone:
    return phone(watch.over(context), cast, live, "Ana")


def test_the_whole_journey_in_as_many_taps_as_with_a_network(
    started: Callable[[], BrowserContext], soon: Workshop, live: Live, cast: Cast, app: Flask, clock: Clock,
    tmp_path: Path,
) -> None:  # fmt: skip
    context = started()
    ana = phone(context, cast, live, "Ana")
    in_the_basement(ana, cast)
    expect(ana.page.locator("[data-at=thread]")).to_be_visible()
    expect(ana.page.locator("a[href='tel:3114']")).to_be_visible()

    taps = Taps(ana.page)
    taps.answer(FELT, "moyen")
    taps.answer(CALM, "de la tension")
    taps.go("button", "C’est bon")
    expect(before(ana.page, soon)).to_contain_text(HERE)
    ana.waiting(ONE)
    assert taps.made == 3

    in_the_basement(ana, cast, 3)
    taps = Taps(ana.page)
    taps.answer(FELT, "bien")
    taps.answer("J’ai été en lien", "beaucoup")
    taps.answer("Je pouvais être moi", "tout à fait")
    taps.go("button", "Enregistrer")
    expect(after(ana.page, soon)).to_contain_text(HERE)
    expect(ana.page.locator(f"#attendance-{soon.uid}")).to_contain_text("J’y étais")
    expect(ana.page.locator(f"#attendance-{soon.uid}")).to_contain_text(HERE)
    ana.waiting(TWO)
    assert taps.made == 4

    ana.mood("bien")
    ana.waiting("3 notes attendent le réseau")
    ana.page.locator("#details").get_by_role("radio", name="moyenne").check(force=True)
    ana.page.locator("#details").get_by_role("button", name="C’est bon").tap()
    expect(ana.page.locator("#said")).to_contain_text("C’est noté.")
    ana.mood("moyen")
    ana.waiting("4 notes attendent le réseau")
    ana.page.locator("#said").get_by_role("button", name="Annuler").tap()
    ana.waiting("3 notes attendent le réseau")
    ana.page.locator("#waiting summary").first.tap()
    lines = ana.page.locator("#waiting [data-at=list] li")
    expect(lines).to_have_text(
        [
            "Avant de commencer mercredi 11 mars, 19 h 30",
            "Après la séance mercredi 11 mars, 19 h 30",
            "bien mercredi 11 mars, 22 h 00",
        ]
    )

    signed_in = context.cookies()  # a browser writes them down every half a minute; a person would sign in again
    with context.expect_event("close"):
        kill(tmp_path / "profile")
    assert (told(cast), presences(cast), entries(app, "Ana", cast)) == ([], {}, [])

    context = started()
    context.add_cookies(signed_in)
    context.clock.install(time=cast.now + 3 * HOUR)
    context.add_init_script("delete window.SyncManager")
    context.set_offline(True)
    again = Phone(context, context.new_page(), "Ana")
    again.page.goto("/")
    again.waiting("3 notes attendent le réseau")
    for card in (before(again.page, soon), after(again.page, soon)):
        expect(card).to_contain_text(HERE)
    clock.set(cast.now + 3 * HOUR)
    again.back()
    again.waiting("Envoyé")
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    again.quiet()
    given = {"after_mood": 4, "interaction": 4, "safety": 5}
    assert told(cast) == [{"before_mood": 3, "before_calm": 2, **given}]
    assert presences(cast) == {("Ana", soon.uid): "declared"}
    assert entries(app, "Ana", cast) == [(4, 3, "2026-03-11")]
    context.close()


ASKED = """(card) => [...card.querySelectorAll("legend, label, .private, .notice, form > .actions")].map((one) =>
  [one.localName, one.textContent.trim().replace(/\\s+/g, " "), one.querySelector("input, textarea")?.name ?? "",
   one.querySelector("input")?.value ?? "", one.querySelector("use")?.getAttribute("href") ?? ""])"""


@pytest.mark.parametrize("held", [0, 1], ids=["size", "belong"])
@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_the_questions_are_those_of_the_page_in_the_same_order_and_words(
    new_context: Callable[..., BrowserContext],
    cast: Cast,
    soon: Workshop,
    live: Live,
    clock: Clock,
    held: int,
    locale: str,
) -> None:
    for _ in range(held):
        cast.workshop("Willow", cast.now - 4 * 24 * HOUR)
    if locale == "en-GB":
        cast.browser("Ana").post("/settings", data={"locale": "en"})
    ana = phone(new_context(locale=locale), cast, live, "Ana")
    clock.set(cast.now + HOUR)
    online: dict[str, Any] = {}
    for part in ("before", "after"):
        ana.page.goto(f"/workshops/{soon.uid}/{part}")
        online[part] = ana.page.locator(f"#{part}-{soon.uid}").evaluate(ASKED)
    ana.away()
    ana.context.clock.set_system_time(cast.now + HOUR)
    ana.page.goto("/")
    for part, asked in online.items():
        card = ana.page.locator(f"#{part}-{soon.uid}")
        expect(card).to_be_visible()
        assert card.evaluate(ASKED) == asked
        assert len(asked) > 12
    expect(before(ana.page, soon).get_by_role("link")).to_have_attribute("href", f"#after-{soon.uid}")


def test_a_low_safety_is_answered_in_place_without_network_and_to_nobody_else(
    ana: Phone, cast: Cast, soon: Workshop
) -> None:
    in_the_basement(ana, cast, 3)
    card = after(ana.page, soon)
    thanks = card.get_by_text("Merci de l’avoir dit. Personne n’est prévenu.")
    expect(thanks).to_be_hidden()
    say(card, "Je pouvais être moi", "un peu")
    expect(thanks).to_be_visible()
    expect(thanks).to_contain_text("Dominique, à l’accueil, qui n’anime pas ce groupe.")
    card.get_by_role("button", name="Enregistrer").tap()
    expect(card).to_contain_text(HERE)
    expect(thanks).to_be_visible()


def test_what_waits_is_corrected_where_it_was_said_and_leaves_as_it_then_is(
    ana: Phone, cast: Cast, soon: Workshop, clock: Clock
) -> None:
    in_the_basement(ana, cast, 3)
    card = after(ana.page, soon)
    say(card, FELT, "difficile")
    say(card, "Le groupe était…", "trop grand")
    card.get_by_label(WORDS).fill(f"Le rythme {CANARY}")
    card.get_by_role("button", name="Enregistrer").tap()
    expect(card).to_contain_text(HERE)
    card.get_by_role("button", name="Corriger").tap()
    expect(card.get_by_role("radio", name="difficile", exact=True)).to_be_checked()
    expect(card.get_by_role("radio", name="trop grand")).to_be_checked()
    expect(card.get_by_label(WORDS)).to_have_value(f"Le rythme {CANARY}")
    say(card, FELT, "bien")
    say(card, "Le groupe était…", "Je passe")
    card.get_by_role("button", name="Enregistrer").tap()
    expect(card).to_contain_text(HERE)
    ana.waiting(ONE)
    clock.set(cast.now + 3 * HOUR)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert [op["kind"] for op in ana.sent] == ["reflection.after"]
    assert told(cast) == [{"after_mood": 4}]
    assert keepsakes(cast) == [f"Le rythme {CANARY}"]


def test_what_was_sent_is_not_asked_again_without_network(ana: Phone, cast: Cast, soon: Workshop) -> None:
    in_the_basement(ana, cast)
    say(before(ana.page, soon), FELT, "bien")
    before(ana.page, soon).get_by_role("button", name="C’est bon").tap()
    expect(before(ana.page, soon)).to_contain_text(HERE)
    ana.back()
    ana.waiting("Envoyé")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    in_the_basement(ana, cast)
    expect(ana.page.locator("#next")).to_contain_text("Willow")
    expect(before(ana.page, soon)).to_have_count(0)
    assert told(cast) == [{"before_mood": 4}]
