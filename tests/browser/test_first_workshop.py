"""Somebody's first workshop (J1): six taps from the poster to the journal, one to be there, and the way back in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import Live, Watch
from tests.cast import Cast
from wellbeing.db import db
from wellbeing.models.attendance import Attendance
from wellbeing.models.person import Person

ADDRESS = re.compile(r"^http://localhost:\d+/$")


class Taps:
    """Counts activations."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.made = 0

    def button(self, name: str) -> None:
        self._tap("button", name)

    def link(self, name: str) -> None:
        self._tap("link", name)

    def box(self, name: str) -> None:
        self._tap("checkbox", name)

    def _tap(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]
        self.made += 1


def test_somebody_is_in_with_six_taps_and_there_with_one(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    tonight = cast.workshop("Willow", cast.now + timedelta(minutes=30))
    page = new_context().new_page()
    taps = Taps(page)

    page.goto(f"/join?code={cast.codes['Willow']}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Willow")
    expect(page.get_by_text("Prochaine séance : mercredi 11 mars")).to_be_visible()
    taps.button("Rejoindre")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos choix")
    assert page.locator("input:checked").count() == 0
    for name in ("J’ai 15 ans ou plus.", "enregistrés sur le serveur", "comptent dans les tendances de groupe"):
        taps.box(name)
    taps.button("Continuer sans clé d’accès")
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    words = page.locator("[data-phrase] li").all_inner_texts()
    expect(page.get_by_role("button", name="Copier")).to_be_visible()
    expect(page.get_by_role("button", name="Télécharger")).to_be_visible()
    taps.link("J’ai gardé ma phrase")
    expect(page).to_have_url(ADDRESS)
    expect(page.get_by_text("Vous êtes dans le groupe Willow.")).to_be_visible()
    assert taps.made == 6

    page.goto(f"/c/{cast.codes[tonight.uid]}")
    taps.button("J’y suis")
    expect(page.get_by_text("C’est noté. Bon atelier.")).to_be_visible()
    assert taps.made == 7
    page.goto("/streak")
    expect(page.get_by_text("Première séance notée. Votre fil commence ici.")).to_be_visible()
    expect(page.locator("[data-streak]")).to_have_attribute("data-streak", "1")

    taps.button("Se déconnecter")
    expect(page.get_by_text("Rien de votre journal ne reste sur cet appareil.")).to_be_visible()
    page.go_back(wait_until="commit")
    expect(page.get_by_text("Première séance notée.")).to_have_count(0)
    expect(page.get_by_text("C’est noté.")).to_have_count(0)
    expect(page.get_by_role("button", name="Rejoindre")).to_be_visible()  # what the QR shows to anybody

    other = new_context().new_page()
    other.goto("/sign-in")
    other.get_by_label("Vos 7 mots").fill(" ".join(words))
    other.get_by_role("button", name="Ouvrir mon journal").tap()
    expect(other).to_have_url(ADDRESS)
    other.goto("/streak")
    expect(other.locator("[data-total-workshops]").first).to_have_attribute("data-total-workshops", "1")
    for address in ("/", "/settings", "/journal", "/streak"):
        other.goto(address)
        assert " ".join(words[:3]) not in other.content()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_qr_of_the_evening_takes_somebody_new_in_and_back_to_it(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    tonight = cast.workshop("Willow", cast.now + timedelta(minutes=30), title="Danse du soir")
    page = new_context(java_script_enabled=scripts).new_page()
    taps = Taps(page)
    page.goto(f"/c/{cast.codes[tonight.uid]}")  # what the camera opens
    expect(page.get_by_role("heading", level=1)).to_have_text("Willow")
    expect(page.get_by_text("Mercredi 11 mars, 19 h 30")).to_be_visible()
    taps.button("Rejoindre")
    assert page.locator("input:checked").count() == 0
    for name in ("J’ai 15 ans ou plus.", "enregistrés sur le serveur", "comptent dans les tendances de groupe"):
        taps.box(name)
    taps.button("Continuer sans clé d’accès" if scripts else "Continuer avec mes choix")
    expect(page.locator("[data-phrase] li")).to_have_count(7)
    taps.link("J’ai gardé ma phrase")
    assert taps.made == 6
    expect(page.get_by_role("heading", level=1)).to_have_text("Danse du soir")
    taps.button("J’y suis")
    expect(page.get_by_text("C’est noté. Bon atelier.")).to_be_visible()
    assert taps.made == 7
    with cast.app.app_context():
        assert db.session.scalars(select(Attendance.how)).all() == ["code"]


def test_the_qr_of_the_evening_lets_somebody_who_has_a_journal_in_and_back_to_it(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    tonight = cast.workshop("Willow", cast.now + timedelta(minutes=30), title="Danse du soir")
    page = new_context().new_page()
    taps = Taps(page)
    page.goto(f"/c/{cast.codes[tonight.uid]}")
    taps.link("Ouvrir mon journal")
    page.get_by_label("Vos 7 mots").fill(cast.people["Ana"].phrase)
    taps.button("Ouvrir mon journal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Danse du soir")
    taps.button("J’y suis")
    expect(page.get_by_text("C’est noté. Bon atelier.")).to_be_visible()
    assert taps.made == 3


def test_somebody_who_agrees_to_nothing_still_has_dates_and_help(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    taps = Taps(page)
    page.goto(f"/join?code={cast.codes['Willow']}")
    taps.button("Rejoindre")
    taps.box("J’ai 15 ans ou plus.")
    taps.button("Continuer avec mes choix")
    taps.link("J’ai gardé ma phrase")
    assert taps.made == 4
    expect(page.get_by_text("Pour noter une humeur, il faut votre accord pour l’enregistrer.")).to_be_visible()
    expect(page.get_by_role("link", name="Besoin d’aide").first).to_be_visible()
    expect(page.get_by_text("Prochaine séance")).to_be_visible()


def test_the_server_knows_a_pseudonym_and_nothing_that_names_anybody(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    page.goto(f"/join/choices?code={cast.codes['Willow']}")
    assert page.locator("input[type=email], input[type=tel], input[type=date]").count() == 0
    with cast.app.app_context():
        columns = {column.name for table in db.metadata.tables.values() for column in table.columns}
        assert not {
            name for name in columns if re.search(r"mail|telephone|phone_number|birth|first_name|surname", name)
        }
        assert db.session.scalar(select(func.count(Person.id))) == 6
        assert db.session.scalar(select(func.count()).select_from(Attendance)) == 0


def test_a_tap_that_the_server_did_not_get_is_kept_and_says_what_it_waits_for(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    context = new_context()
    kept = cast.browser("Ana").get_cookie("fil", domain="localhost")
    assert kept is not None
    context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
    page = context.new_page()
    page.goto("/", wait_until="networkidle")
    context.set_offline(True)
    page.get_by_role("button", name="Noter : bien", exact=True).tap()
    expect(page.locator("#said")).to_contain_text("Enregistré sur cet appareil. L’envoi se fera au retour du réseau.")
    expect(page.locator("#waiting")).to_contain_text("1 note attend le réseau, sur cet appareil.")
    context.set_offline(False)
    expect(page.locator("#waiting .outbox-count")).to_be_hidden()
    cast.browser("Ana").post("/sign-out")
    page.get_by_role("button", name="Noter : moyen", exact=True).tap()
    expect(page.locator("#said")).to_contain_text("Noté : moyen.")
    expect(
        page.locator("#waiting").get_by_role("link", name="Reconnectez-vous pour envoyer votre note.")
    ).to_be_visible()
