"""A check-up on a phone, in both languages: answered in a few taps, looked back on, and read by everyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_for_everyone import RULES
from tests.cast import Cast
from tests.check_ups.record import reperes, wants
from tests.clock import Clock
from tests.journal.record import note_mood

WORDS = {
    "fr": {
        "ready": "Un point d’étape est prêt\u00a0: 6 questions.",
        "answer": "Répondre",
        "often": "souvent",
        "pass": "Je passe",
        "done": "C’est bon",
        "kept": "C’est noté. Prochain point d’étape vers le",
        "curve": "Ma courbe",
        "table": "Voir en tableau",
        "help": "Parler à quelqu’un, si vous le souhaitez",
        "card": "Ces deux dernières semaines ont l’air lourdes.",
        "never": "Ne plus me le proposer",
    },
    "en": {
        "ready": "A check-up is ready: 6 questions.",
        "answer": "Answer",
        "often": "often",
        "pass": "Skip",
        "done": "Done",
        "kept": "Noted. Next check-up around",
        "curve": "My curve",
        "table": "See as a table",
        "help": "Talk to someone, if you wish",
        "card": "The last two weeks look heavy.",
        "never": "Don’t suggest this again",
    },
}
LOOKS = [("fr", {"color_scheme": "light"}), ("en", {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}})]


@pytest.fixture
def phone(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Ana's phone, signed in, in a language and a look."""

    def opened(locale: str, **chosen: object) -> Page:
        cast.browser("Ana").post("/locale", data={"locale": locale})
        context = new_context(**chosen)
        kept = cast.browser("Ana").get_cookie("fil", domain="localhost")
        assert kept is not None
        context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
        return context.new_page()

    return opened


def sound(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [f"{rule['id']} {node['target']}" for rule in violations for node in rule["nodes"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("locale", "look"), LOOKS, ids=["French", "English, dark and narrow"])
def test_five_questions_are_answered_and_looked_back_on(
    cast: Cast, clock: Clock, phone: Callable[..., Page], locale: str, look: dict[str, object]
) -> None:
    said = WORDS[locale]
    wants(cast, "reperes5")
    for answers in ((1, 2, 1, 2, 1), (2, 2, 2, 3, 1)):
        reperes(cast, *answers)
        clock.advance(days=28)
    clock.advance(days=28)  # the next one waits, together with the one question that comes every twelve weeks
    page = phone(locale, **look)
    page.goto("/")
    page.get_by_role("link", name=said["ready"]).tap()
    expect(page.get_by_role("link", name=said["answer"])).to_have_count(2)
    sound(page)
    page.get_by_role("link", name=said["answer"]).nth(1).tap()
    questions = page.locator("fieldset")
    expect(questions).to_have_count(5)
    sound(page)
    for place in range(5):
        questions.nth(place).get_by_text(said["often"], exact=True).tap()
    page.get_by_role("button", name=said["done"]).tap()
    expect(page.get_by_text(said["kept"])).to_be_visible()
    expect(page.get_by_role("heading", name=said["curve"])).to_be_visible()
    expect(page.locator(".curve-dot")).to_have_count(3)
    expect(page.locator(".curve-join")).to_have_count(1)  # the date that was let pass stays a gap
    page.get_by_text(said["table"]).tap()
    expect(page.get_by_role("row")).to_have_count(4)
    sound(page)
    expect(page.get_by_role("link", name=said["help"])).to_have_attribute("rel", "noreferrer")
    page.emulate_media(media="print")
    rows = page.locator("table tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].filter((cell) => cell.checkVisibility()).length)"
    )
    assert rows == [2, 2, 2, 2]  # on paper nothing is erased: that column has no cell left


@pytest.mark.parametrize(("locale", "look"), LOOKS, ids=["French", "English, dark and narrow"])
def test_the_gentle_card_offers_help_and_goes_for_ever_in_one_tap(
    cast: Cast, phone: Callable[..., Page], locale: str, look: dict[str, object]
) -> None:
    said = WORDS[locale]
    for _ in range(3):
        note_mood(cast, "Ana", 1)
    page = phone(locale, **look)
    page.goto("/")
    expect(page.get_by_text(said["card"])).to_be_visible()
    sound(page)
    page.get_by_role("button", name=said["never"]).tap()
    expect(page.get_by_text(said["card"])).to_have_count(0)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(said["card"])).to_have_count(0)
