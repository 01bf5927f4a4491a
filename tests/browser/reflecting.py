"""Before and after a workshop on a phone: the cards, and how they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser.offline import Phone
from tests.cast import Cast
from tests.reflections.around import HOUR, long_in
from wellbeing.models.workshop import Workshop

HERE = "Enregistré sur cet appareil. L’envoi se fera au retour du réseau."
ONE, TWO = "1 note attend le réseau, sur cet appareil.", "2 notes attendent le réseau, sur cet appareil."
FELT, CALM = "Comment ça va, là, maintenant", "Plutôt de la tension ou du calme"
WORDS = "Ce que j’emporte (facultatif)"

# When what the page without network will show was last kept.
KNOWN = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => /^fil-.{36}$/.test(one));
  const open = indexedDB.open(name);
  await new Promise((go) => (open.onsuccess = go));
  const asked = open.result.transaction("snapshot").objectStore("snapshot").get("now");
  await new Promise((go) => (asked.onsuccess = go));
  open.result.close();
  return asked.result?.at ?? 0;
}"""


@contextmanager
def known_anew(ana: Phone) -> Iterator[None]:
    """What is done here makes the phone read again what it keeps for later; it has kept it at the end."""
    before = ana.page.evaluate(KNOWN)
    yield
    for _ in range(200):
        if ana.page.evaluate(KNOWN) > before:
            return
        ana.page.wait_for_timeout(50)
    raise AssertionError("the phone has read nothing new")


def a_workshop_soon(cast: Cast) -> Workshop:
    """It is 19:00 in Paris and the group meets at 19:30; what it held before is long past."""
    long_in(cast)
    return cast.workshop("Willow", cast.now + HOUR / 2)


def before(page: Page, workshop: Workshop) -> Locator:
    return page.locator(f"#before-{workshop.uid}")


def after(page: Page, workshop: Workshop) -> Locator:
    return page.locator(f"#after-{workshop.uid}")


def in_the_basement(ana: Phone, cast: Cast, hours: float = 0) -> None:
    """So many hours later, the page is opened without network."""
    ana.away()
    ana.context.clock.set_system_time(cast.now + hours * HOUR)
    ana.page.goto("/")
    expect(ana.page.get_by_text("Hors connexion. Vous pouvez continuer à noter.")).to_be_visible()


def say(card: Locator, question: str, answer: str) -> None:
    card.get_by_role("group", name=question).get_by_role("radio", name=answer, exact=True).check(force=True)
