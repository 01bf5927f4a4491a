"""Passkeys on a phone: joining, coming back and confirming with a finger; and what is refused without one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from tests.browser.authenticators import keeper
from tests.browser.conftest import Live, Watch
from tests.browser.simple import Taps, signed_in
from tests.cast import Cast
from tests.conftest import Clock
from wellbeing.db import db
from wellbeing.models.passkey import Passkey

NewContext = Callable[..., BrowserContext]
TODAY = re.compile(r"^http://localhost:\d+/$")
REFUSED = "La clé d’accès n’a pas répondu. Réessayez, ou prenez votre phrase."
WITH, WITHOUT = "Continuer avec une clé d’accès", "Continuer sans clé d’accès"


def visible(page: Page, words: str) -> None:
    expect(page.get_by_text(words).locator("visible=true")).to_be_visible()


def test_somebody_joins_with_six_taps_and_a_finger_and_comes_back_with_it(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock, watch: Watch
) -> None:
    page = new_context().new_page()
    phone, taps = keeper(page), Taps(page)
    page.goto(f"/join?code={cast.codes['Willow']}")
    taps.on("button", "Rejoindre")
    expect(page.get_by_role("button", name=WITHOUT)).to_be_visible()
    expect(page.get_by_role("button", name="Continuer avec mes choix")).to_have_count(0)

    # without the age no key is made in vain
    page.get_by_role("button", name=WITH).tap()
    expect(page.locator("#age_ok-error")).to_be_visible()
    assert phone.held() == []
    for name in ("age_ok", "consent_journal", "consent_trends"):
        page.locator(f"[name={name}]").tap()
        taps.made += 1
    taps.on("button", WITH)
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    taps.on("link", "J’ai gardé ma phrase")
    expect(page).to_have_url(TODAY)
    assert taps.made == 6
    (held,) = phone.held()
    assert (held["isResidentCredential"], held["rpId"]) == (True, "localhost")
    assert str(held.get("userName", "Le fil")).startswith("Le fil")

    # the key that is asked for again, ten minutes later, is the same finger
    clock.advance(minutes=11)
    page.goto("/settings")
    page.get_by_role("link", name="Mes clés et mes appareils").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez que c’est vous")
    page.get_by_role("button", name="Avec ma clé d’accès").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes clés et mes appareils")
    expect(page.locator("#passkeys ~ ul > li")).to_have_count(1)
    page.get_by_role("button", name="Ajouter une clé d’accès").tap()
    visible(page, "Cet appareil a déjà une clé d’accès pour ce journal.")
    assert len(phone.held()) == 1

    page.get_by_role("button", name="Se déconnecter").tap()
    expect(page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()

    # a finger that is not the owner's opens nothing, and the page says what to do
    phone.verifies(False)
    page.get_by_role("button", name="Avec ma clé d’accès").tap()
    visible(page, REFUSED)
    phone.verifies(True)
    page.get_by_role("button", name="Avec ma clé d’accès").tap()
    expect(page).to_have_url(TODAY)
    expect(page.locator("[data-person]")).to_have_count(1)


def test_what_the_phone_said_once_opens_nothing_when_it_is_said_again(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    page = signed_in(cast, live.url, new_context)
    keeper(page)
    page.goto("/settings/keys")
    page.get_by_role("button", name="Ajouter une clé d’accès").tap()
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in")
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/sign-in")) as sent:
        page.get_by_role("button", name="Avec ma clé d’accès").tap()
    expect(page).to_have_url(TODAY)
    said = sent.value.post_data
    assert said
    assert "passkey=%7B" in said
    page.get_by_role("button", name="Se déconnecter").tap()
    expect(page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    again = page.evaluate(
        "([body, headers]) => fetch('/sign-in', { method: 'POST', body, headers }).then((a) => a.status)",
        [said, form],
    )
    assert again == 422


def test_a_key_made_at_another_address_is_refused_and_nobody_is_made(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    """As if a copy of the page had asked: the browser signs where it stands, and the server stands elsewhere."""
    ours = cast.app.config["LE_FIL"]
    cast.app.config["LE_FIL"] = replace(ours, public_url=f"http://localhost:{live.port + 1}")
    page = new_context().new_page()
    phone = keeper(page)
    page.goto(f"/join/choices?code={cast.codes['Willow']}")
    page.locator("[name=age_ok]").tap()
    page.get_by_role("button", name=WITH).tap()
    expect(page.locator('[data-passkey-says="before"]')).to_have_text(REFUSED)
    assert len(phone.held()) == 1
    with cast.app.app_context():
        assert db.session.scalars(select(Passkey)).all() == []
    cast.app.config["LE_FIL"] = ours
    page.get_by_role("button", name=WITHOUT).tap()
    expect(page.locator("[data-phrase] li")).to_have_count(7)


def test_an_invitation_takes_three_taps_and_a_finger(cast: Cast, live: Live, new_context: NewContext) -> None:
    made = cast.browser("Sam").post("/organisation/invitations").text
    link = re.search(r'data-invitation="([^"]+)"', made)
    assert link
    page = new_context().new_page()
    phone, taps = keeper(page), Taps(page)
    page.goto(link[1])
    page.locator("[name=age_ok]").tap()
    taps.made += 1
    taps.on("button", WITH)
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    taps.on("link", "J’ai gardé ma phrase")
    page.wait_for_url("**/groups")
    assert taps.made == 3
    assert len(phone.held()) == 1


def test_a_passkey_is_offered_first_where_one_thing_is_asked_at_a_time(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    page = new_context().new_page()
    phone, taps = keeper(page), Taps(page)
    page.goto(f"/join?code={cast.codes['Willow']}")
    page.get_by_role("button", name="Version simple").tap()
    page.get_by_role("button", name="Rejoindre").tap()
    page.locator("main form button").first.tap()  # the phone is handed back
    for _ in range(3):
        taps.on("button", "Oui")
    taps.on("button", WITH)
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    assert len(phone.held()) == 1
    with cast.app.app_context():
        assert len(db.session.scalars(select(Passkey)).all()) == 1


def test_without_scripts_or_passkeys_the_words_are_those_of_before(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    unable = new_context()
    unable.add_init_script("delete globalThis.PublicKeyCredential")
    for page in (new_context(java_script_enabled=False).new_page(), unable.new_page()):
        page.goto(f"/join/choices?code={cast.codes['Willow']}")
        expect(page.get_by_role("button", name="Continuer avec mes choix")).to_be_visible()
        expect(page.get_by_role("button", name=WITH)).to_have_count(0)
        page.goto("/sign-in")
        expect(page.get_by_role("button", name="Avec ma clé d’accès")).to_have_count(0)
        page.get_by_label("Vos 7 mots").fill(cast.people["Ana"].phrase)
        page.get_by_role("button", name="Ouvrir mon journal").tap()
        expect(page).to_have_url(TODAY)


def test_a_device_is_closed_from_another_and_a_new_key_is_told_on_both(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    """J4, step 9: two taps; and the notice of a key that changed (ASVS 6.3.7)."""
    mine = signed_in(cast, live.url, new_context)
    keeper(mine)
    other = new_context().new_page()
    other.goto("/sign-in")
    other.get_by_label("Vos 7 mots").fill(cast.people["Ana"].phrase)
    other.get_by_role("button", name="Ouvrir mon journal").tap()
    expect(other).to_have_url(TODAY)

    mine.goto("/settings/keys")
    mine.get_by_role("button", name="Ajouter une clé d’accès").tap()
    expect(mine.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    other.goto("/settings")
    expect(other.get_by_text("Vos clés ont changé le 11 mars.")).to_be_visible()

    taps = Taps(mine)
    mine.goto("/settings")
    expect(mine.get_by_text("Vos clés ont changé le 11 mars.")).to_be_visible()
    taps.on("link", "Mes clés et mes appareils")
    taps.on("button", "Fermer sur cet autre appareil")
    expect(mine.get_by_text("Le journal est fermé sur cet autre appareil.")).to_be_visible()
    assert taps.made == 2
    other.goto("/settings")
    expect(other).to_have_url(re.compile("/sign-in"))


def test_a_power_that_a_script_asks_for_too_late_leads_to_a_key(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock
) -> None:
    page = signed_in(cast, live.url, new_context)
    phone = keeper(page)
    page.goto("/settings/keys")
    clock.advance(minutes=11)
    page.get_by_role("button", name="Ajouter une clé d’accès").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez que c’est vous")
    assert phone.held() == []
    page.get_by_label("Vos 7 mots").fill(cast.people["Ana"].phrase)
    page.get_by_role("button", name="Confirmer").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes clés et mes appareils")
    piece = page.evaluate("fetch('/step-up/passkey', { method: 'POST' }).then((a) => a.text())")
    assert json.loads(piece)["userVerification"] == "required"


def test_everything_is_erased_with_two_taps_and_a_finger(
    cast: Cast, live: Live, new_context: NewContext, clock: Clock
) -> None:
    """J10, steps 4 and 5; the key that confirms is no tap."""
    page = signed_in(cast, live.url, new_context)
    keeper(page)
    page.goto("/settings/keys")
    page.get_by_role("button", name="Ajouter une clé d’accès").tap()
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    clock.advance(minutes=11)
    taps = Taps(page)
    page.goto("/settings")
    taps.on("link", "Tout effacer")
    page.get_by_role("button", name="Avec ma clé d’accès").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tout effacer")
    taps.on("button", "Effacer définitivement")
    expect(page.get_by_text("C’est effacé. Merci, et bonne route.")).to_be_visible()
    assert taps.made == 2
    page.goto("/sign-in")
    page.get_by_role("button", name="Avec ma clé d’accès").tap()
    visible(page, REFUSED)
    with cast.app.app_context():
        assert db.session.scalars(select(Passkey)).all() == []
