"""What is said before and after a workshop, between the page, the queue and two devices: kept, sent once, told once."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, attended, phone
from tests.browser.reflecting import (
    FELT,
    HERE,
    ONE,
    TWO,
    WORDS,
    a_workshop_soon,
    after,
    before,
    in_the_basement,
    known_anew,
    say,
)
from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.journal.record import rows
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


def test_with_a_network_the_forms_go_by_themselves_under_their_own_names(
    ana: Phone, cast: Cast, soon: Workshop, clock: Clock, app: Flask
) -> None:
    posted: list[str] = []
    ana.context.on(
        "request", lambda asked: posted.append(asked.url.rsplit("/", 1)[-1]) if asked.method == "POST" else None
    )
    ana.page.goto("/")
    name = before(ana.page, soon).locator("[name=op_id]").input_value()
    say(before(ana.page, soon), FELT, "bien")
    before(ana.page, soon).get_by_role("button", name="C’est bon").tap()
    expect(before(ana.page, soon)).to_contain_text("C’est noté.")
    expect(before(ana.page, soon)).not_to_contain_text(HERE)
    clock.set(cast.now + 3 * HOUR)
    ana.page.goto(f"/workshops/{soon.uid}/after")
    say(after(ana.page, soon), FELT, "bien")
    with known_anew(ana):
        after(ana.page, soon).get_by_role("button", name="Enregistrer").tap()
    expect(ana.page.get_by_text("Merci. C’est dans votre journal.")).to_be_visible()
    assert posted == ["before", "after"]
    assert ana.rows() == []
    assert name.replace("-", "") in {row.op_id for row in rows(app, "SELECT op_id FROM operation")}
    in_the_basement(ana, cast, 3)  # and the page without network knows that it was said, and that they were there
    expect(ana.page.locator(f"#attendance-{soon.uid}")).to_contain_text("J’y étais")
    expect(
        ana.page.locator(f"#attendance-{soon.uid}").get_by_role("button", name="Retirer ma présence")
    ).to_be_visible()
    for card in (before(ana.page, soon), after(ana.page, soon)):
        expect(card).to_have_count(0)


def test_without_one_or_behind_what_waits_the_forms_of_a_page_are_kept(
    ana: Phone, cast: Cast, soon: Workshop, clock: Clock
) -> None:
    ana.page.goto("/")
    expect(before(ana.page, soon)).to_be_visible()
    ana.away()
    say(before(ana.page, soon), FELT, "bien")
    before(ana.page, soon).get_by_role("button", name="C’est bon").tap()
    expect(before(ana.page, soon)).to_contain_text(HERE)
    expect(before(ana.page, soon).get_by_role("button")).to_have_count(0)
    ana.waiting(ONE)
    clock.set(cast.now + 3 * HOUR)
    ana.context.clock.set_system_time(cast.now + 3 * HOUR)
    ana.context.route("**/sync", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    ana.back()
    ana.page.goto(f"/workshops/{soon.uid}/after")
    say(after(ana.page, soon), FELT, "moyen")
    after(ana.page, soon).get_by_label(WORDS).fill(CANARY)
    after(ana.page, soon).get_by_role("button", name="Enregistrer").tap()
    expect(after(ana.page, soon)).to_contain_text(HERE)
    ana.waiting(TWO)
    assert told(cast) == []
    ana.context.unroute("**/sync")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.waiting("Envoyé")
    ana.quiet()
    assert told(cast) == [{"before_mood": 4, "after_mood": 3}]
    assert keepsakes(cast) == [CANARY]
    assert presences(cast) == {("Ana", soon.uid): "declared"}


def test_a_form_whose_answer_was_lost_is_one_reflection(ana: Phone, cast: Cast, soon: Workshop) -> None:
    ana.page.goto("/")
    # Lost in the browser: with a worker between page and network, its debugger does not see every request of a form.
    ana.page.evaluate(
        """() => {
          const really = window.fetch;
          window.fetch = async (address, ...asked) => {
            const answer = await really(address, ...asked);
            if (String(address.url ?? address).endsWith("/before")) throw new TypeError("the answer was lost");
            return answer;
          };
        }"""
    )
    say(before(ana.page, soon), FELT, "bien")
    before(ana.page, soon).get_by_role("button", name="C’est bon").tap()
    expect(before(ana.page, soon)).to_contain_text("C’est noté.")
    ana.waiting("Envoyé")
    ana.quiet()
    assert told(cast) == [{"before_mood": 4}]
    assert len(ana.rows("acked")) == 1


def test_two_devices_on_one_workshop_are_told_once_and_nothing_is_lost(
    ana: Phone, cast: Cast, soon: Workshop, live: Live, clock: Clock
) -> None:
    in_the_basement(ana, cast, 3)
    say(after(ana.page, soon), FELT, "difficile")
    after(ana.page, soon).get_by_label(WORDS).fill(f"un {CANARY}")
    after(ana.page, soon).get_by_role("button", name="Enregistrer").tap()
    expect(after(ana.page, soon)).to_contain_text(HERE)
    clock.set(cast.now + 3 * HOUR)
    cast.browser("Ana").post(f"/workshops/{soon.uid}/after", data={"mood": "5", "keepsake": f"deux {CANARY}"})
    ana.back()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    ana.waiting("Deux versions de cette note existaient. Les deux sont gardées.")
    expect(ana.page.locator("#waiting [data-at=told]")).to_contain_text("Après la séance mercredi 11 mars, 19 h 30")
    ana.page.locator("#waiting").get_by_role("link", name="Séance").tap()
    expect(ana.page).to_have_url(f"{live.url}/workshops/{soon.uid}")
    for words in ("un", "deux"):
        expect(ana.page.get_by_text(f"{words} {CANARY}")).to_be_visible()
    assert sorted(keepsakes(cast)) == [f"deux {CANARY}", f"un {CANARY}"]
    assert told(cast) == [{"after_mood": 2}]
    ana.page.goto("/")
    expect(ana.page.locator("#waiting")).to_be_hidden()
    assert ana.rows() == []


def test_what_is_refused_is_shown_with_its_words_and_the_way_to_its_page(
    ana: Phone, cast: Cast, soon: Workshop, clock: Clock
) -> None:
    in_the_basement(ana, cast, 3)
    after(ana.page, soon).get_by_label(WORDS).fill(CANARY)
    after(ana.page, soon).get_by_role("button", name="Enregistrer").tap()
    expect(after(ana.page, soon)).to_contain_text(HERE)
    ana.context.route("**/sync", lambda route: refused(route) if route.request.method == "POST" else route.continue_())
    clock.set(cast.now + 3 * HOUR)
    ana.back()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    ana.waiting("À corriger")
    ana.waiting("L’avant se note jusqu’à la fin de la séance, l’après jusqu’à 48 h après.")
    ana.waiting(CANARY)
    expect(ana.page.locator("#waiting").get_by_role("link", name="Corriger")).to_have_attribute(
        "href", f"/workshops/{soon.uid}/after"
    )
    assert [(row["state"], row["reason"]) for row in ana.rows()] == [("fix", "too_late")]
    assert told(cast) == []


def refused(route: Route) -> None:
    asked = route.request.post_data_json
    results = [{"op_id": op["op_id"], "status": "invalid", "reason": "too_late"} for op in asked["ops"]]
    heading = {"schema": 1, "person_uid": asked["person_uid"], "server_epoch": "e", "now": asked["sent_at"]}
    route.fulfill(json={**heading, "results": results})


def test_a_presence_taken_back_with_a_network_can_be_said_again_without(
    ana: Phone, cast: Cast, soon: Workshop, app: Flask, clock: Clock
) -> None:
    clock.set(cast.now + 3 * HOUR)
    there = cast.browser("Ana")
    there.post(f"/workshops/{soon.uid}/attendance")
    there.post(f"/workshops/{soon.uid}/attendance/end")
    ana.context.clock.set_system_time(cast.now + 3 * HOUR)
    with known_anew(ana):
        ana.page.goto("/")
    in_the_basement(ana, cast, 3)
    place = ana.page.locator(f"#attendance-{soon.uid}")
    place.get_by_role("button", name="J’y étais").tap()
    expect(place).to_contain_text(HERE)
    ana.back()
    ana.waiting("Envoyé")
    ana.quiet()
    assert attended(app, "Ana", cast) == ["declared"]
