"""Before and after a workshop (J1, steps 6, 8 and 9): three taps, ten taps, and what one feels said in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.reflecting import a_workshop_soon
from tests.browser.test_for_everyone import LOOKS, RULES
from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.reflections.around import HOUR
from tests.reflections.told import keepsakes, told
from tests.workshops.presences import presences
from wellbeing.models.workshop import Workshop

OpenPage = Callable[..., Page]


@pytest.fixture
def soon(cast: Cast) -> Workshop:
    """It is 18:00 and the group meets at 18:30; it met five days ago, and nobody spoke of it."""
    return a_workshop_soon(cast)


@pytest.fixture
def phone(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> OpenPage:
    """Ana's phone, signed in: `phone(java_script_enabled=False)`."""

    def opened(**chosen: object) -> Page:
        context = new_context(**chosen)
        kept = cast.browser("Ana").get_cookie("fil", domain="localhost")
        assert kept is not None
        context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
        return context.new_page()

    return opened


class Taps:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.made = 0

    def answer(self, question: str, words: str) -> None:
        group = self.page.get_by_role("group", name=question)
        group.locator("label", has_text=re.compile(f"^{words}$")).tap()
        self.made += 1

    def go(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).tap()  # type: ignore[arg-type]
        self.made += 1


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_three_taps_before_and_ten_after(
    cast: Cast, soon: Workshop, phone: OpenPage, clock: Clock, script: bool
) -> None:
    page = phone(java_script_enabled=script)
    page.goto("/")
    first = page.locator("#picker button").last
    assert (first.bounding_box() or {"y": 9999})["y"] < 740  # the moods stay above the cards
    taps = Taps(page)
    card = page.locator(f"#before-{soon.uid}")
    expect(card.get_by_role("heading", name="Avant de commencer")).to_be_visible()
    taps.answer("Comment ça va, là, maintenant", "moyen")
    taps.answer("Plutôt de la tension ou du calme", "de la tension")
    taps.go("button", "C’est bon")
    expect(page.get_by_text("C’est noté.").first).to_be_visible()
    assert taps.made == 3
    assert told(cast) == [{"before_mood": 3, "before_calm": 2}]

    clock.set(cast.now + 3 * HOUR)
    page.goto("/")
    taps = Taps(page)
    taps.go("link", "Dire comment c’était")
    question = page.get_by_role("group", name="Comment ça va, là, maintenant")
    for seen in (question.locator("legend"), question.locator("label").first):
        expect(seen).to_be_in_viewport(ratio=1)
    taps.answer("Comment ça va, là, maintenant", "bien")
    taps.answer("Plutôt de la tension ou du calme", "du calme")
    taps.answer("J’ai été en lien", "beaucoup")
    taps.answer("Nous avons fait des choses ensemble", "beaucoup")
    taps.answer("Il y a eu de vrais échanges", "tout à fait")
    taps.answer("Je pouvais être moi", "tout à fait")
    taps.answer("J’ai envie de revenir", "tout à fait")
    taps.answer("Le groupe était", "bien")
    taps.go("button", "Enregistrer")
    expect(page.get_by_text("Merci. C’est dans votre journal.")).to_be_visible()
    expect(page.get_by_text("Avant : moyen. Après : bien.")).to_be_visible()
    expect(page.get_by_text("Merci. C’est dans votre journal.")).to_be_in_viewport()
    assert taps.made == 10
    assert presences(cast) == {("Ana", soon.uid): "declared"}
    page.goto("/streak")
    expect(page.get_by_text("Première séance notée. Votre fil commence ici.")).to_be_visible()


def test_a_low_safety_is_answered_in_place_and_nothing_leaves_the_phone(
    cast: Cast, soon: Workshop, phone: OpenPage, clock: Clock
) -> None:
    clock.set(cast.now + 3 * HOUR)
    page = phone(java_script_enabled=False)
    page.goto(f"/workshops/{soon.uid}/after")
    said = page.get_by_text("Merci de l’avoir dit. Personne n’est prévenu.")
    expect(said).to_be_hidden()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    taps = Taps(page)
    taps.answer("Je pouvais être moi", "un peu")
    expect(said).to_be_visible()
    taps.answer("Je pouvais être moi", "moyennement")
    expect(said).to_be_hidden()
    taps.answer("J’ai envie de revenir", "pas du tout")
    expect(said).to_be_hidden()
    assert sent == []
    assert told(cast) == []


def test_what_is_taken_away_is_typed_kept_and_comes_back(
    cast: Cast, soon: Workshop, phone: OpenPage, clock: Clock
) -> None:
    clock.set(cast.now + 3 * HOUR)
    page = phone()
    page.goto(f"/workshops/{soon.uid}/after")
    page.get_by_label("Ce que j’emporte (facultatif)").fill(f"Le rythme {CANARY}")
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("Merci. C’est dans votre journal.")).to_be_visible()
    assert keepsakes(cast) == [f"Le rythme {CANARY}"]
    page.goto(f"/workshops/{soon.uid}")
    expect(page.get_by_text(f"Le rythme {CANARY}")).to_be_visible()
    page.goto("/")  # the group meets again tomorrow
    expect(page.get_by_role("heading", name="La dernière fois, vous avez emporté")).to_be_visible()
    expect(page.get_by_text(f"Le rythme {CANARY}")).to_be_visible()


@pytest.mark.parametrize(("theme", "locale"), LOOKS)
def test_axe_finds_nothing_before_nor_after_nor_in_what_was_said(
    cast: Cast, soon: Workshop, phone: OpenPage, clock: Clock, theme: str, locale: str
) -> None:
    if locale.startswith("en"):
        cast.browser("Ana").post("/settings", data={"locale": "en"})
    page = phone(color_scheme=theme, locale=locale)
    found = []

    def look(address: str) -> None:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= (page.viewport_size or {"width": 0})["width"]
        for rule in Axe().run(page, options=RULES).response["violations"]:
            found.extend(f"{address}: {rule['id']} {node['target']}" for node in rule["nodes"])

    of = f"/workshops/{soon.uid}"
    for address in ("/", f"{of}/before", of):
        look(address)
    cast.browser("Ana").post(f"{of}/before", data={"mood": "4"})
    clock.set(cast.now + 3 * HOUR)
    for address in ("/", f"{of}/after"):
        look(address)
    cast.browser("Ana").post(f"{of}/after", data={"mood": "2", "safety": "1", "size": "3", "keepsake": "x" * 200})
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("/", f"{of}/after", f"{of}/after?saved=1", of):
        look(address)
    assert found == []
