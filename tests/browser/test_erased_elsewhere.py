"""A journal was erased on one device, and another still holds something of it: nobody is sent in a circle there."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live, Watch
from tests.browser.offline import Phone, phone
from tests.browser.until import until
from tests.cast import Cast

ONE = "1 note attend le réseau, sur cet appareil."
GONE = "Si vous avez effacé votre journal sur un autre appareil, ce qui attend ici ne peut plus partir."
WIPE = "Effacer les données de cet appareil"
DATABASES = "async () => (await indexedDB.databases()).map((one) => one.name).sort()"


@pytest.fixture
def ana(context: BrowserContext, cast: Cast, live: Live, watch: Watch) -> Phone:
    context.add_init_script("navigator.clearAppBadge = async () => { window.badge = 'none' }")
    return phone(watch.over(context), cast, live, "Ana")


def erased_elsewhere(cast: Cast) -> None:
    assert cast.browser("Ana").post("/settings/erasure", data={}).location == "/?said=data.del_done"


def kept(ana: Phone) -> list[str]:
    return [name for name in ana.page.evaluate(DATABASES) if name != "fil-device"]


@pytest.mark.parametrize("page", ["the page that was open", "the page without network"])
def test_what_waits_of_a_journal_that_is_no_more_is_erased_in_two_taps_by_whoever_wants_it(
    ana: Phone, cast: Cast, page: str
) -> None:
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    if page == "the page without network":
        ana.page.goto("/")
        expect(ana.page.get_by_role("heading", level=1)).to_have_text("Hors connexion")
        ana.waiting(ONE)
    expect(ana.page.get_by_text(GONE)).to_be_hidden()
    erased_elsewhere(cast)
    ana.back()
    ana.waiting("Reconnectez-vous pour envoyer votre note.")
    ana.waiting(GONE)
    assert [row["state"] for row in ana.rows()] == ["waiting"], "nothing is given up unasked"
    ana.page.locator("#waiting").get_by_role("link", name=WIPE).tap()
    expect(ana.page.get_by_text("Ce qui attend l’envoi ici sera effacé.")).to_be_in_viewport()
    assert len(kept(ana)) == 1
    ana.page.get_by_role("button", name=WIPE).tap()
    expect(ana.page.get_by_text("C’est effacé.")).to_be_visible()
    assert ana.page.evaluate(DATABASES) == []
    assert ana.page.evaluate("window.badge") == "none"
    ana.away()
    ana.page.goto("/")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Hors connexion")
    expect(ana.page.locator("#waiting")).to_be_hidden()
    expect(ana.page.locator("#picker")).to_be_hidden()


def test_where_nothing_waits_nobody_is_asked_to_sign_in(ana: Phone, cast: Cast) -> None:
    ana.mood("bien")
    expect(ana.page.locator("#said")).to_contain_text("Noté\u00a0: bien.")
    erased_elsewhere(cast)
    with ana.page.expect_response("**/sync"):
        ana.page.clock.run_for("07:00:00")
    expect(ana.page.locator("#waiting")).to_be_hidden()
    ana.away()
    ana.page.goto("/")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Hors connexion")
    ana.back()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Un petit journal autour des ateliers.")
    ana.page.goto("/sign-in")
    expect(ana.page.get_by_text(WIPE).first).to_be_visible()
    expect(ana.page.get_by_role("button", name=WIPE)).to_be_hidden()
    assert len(kept(ana)) == 1


def test_a_sign_in_that_is_only_over_sends_what_waited_once_it_is_renewed(ana: Phone, cast: Cast, live: Live) -> None:
    """The same sentence, and whoever still has a journal loses nothing by it."""
    cookies = ana.context.cookies()
    ana.away()
    ana.mood("bien")
    ana.waiting(ONE)
    ana.context.clear_cookies()
    ana.back()
    ana.waiting(GONE)
    ana.context.add_cookies(cookies)  # type: ignore[arg-type]
    ana.page.goto("/")
    ana.waiting("Envoyé")
    until(ana.page, "() => !document.querySelector('#waiting [href=\"/sign-in#wipe\"]')?.checkVisibility()")
    ana.quiet()
