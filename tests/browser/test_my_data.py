"""« Mes données » on a phone, tap by tap (J10): taking everything away, bringing it back, and leaving for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.offline import READY
from tests.browser.test_facilitator import phone_of
from tests.browser.test_team import Taps
from tests.browser.until import until
from tests.cast import CANARY, Cast
from tests.portability.record import entries, journal
from tests.portability.test_importing import DAYLIO

NewContext = Callable[..., BrowserContext]
OURS = """async () => (await indexedDB.databases()).map((one) => one.name).filter((name) => /^fil-.{36}$/.test(name))"""


def fits(page: Page) -> None:
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_journal_from_elsewhere_is_matched_and_comes_in(
    cast: Cast, live: Live, new_context: NewContext, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "daylio_export.csv"
    file.write_text(DAYLIO, encoding="utf-8", newline="")
    page = phone_of("Ana", cast, live, new_context, java_script_enabled=script)
    page.goto("/data")
    page.get_by_label("Fichier", exact=True).set_input_files(file)
    page.get_by_role("button", name="Voir ce qu’il contient").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Importer un fichier")
    expect(page.get_by_text("2 sont nouvelles et seront ajoutées.")).to_be_visible()
    expect(page.get_by_label("bien 1")).to_have_value("4")
    page.get_by_role("button", name="Importer", exact=True).tap()
    expect(page.get_by_role("alert")).to_have_text("Faites correspondre les humeurs du fichier aux cinq niveaux.")
    assert entries(cast, "Ana") == []
    page.get_by_label("patraque").select_option("difficile")
    page.get_by_role("button", name="Importer", exact=True).tap()
    expect(page.get_by_text("2 humeurs ajoutées")).to_be_visible()
    assert [one.mood for one in entries(cast, "Ana")] == [2, 4]
    page.goto("/journal/2026-03-08")
    expect(page.get_by_text(CANARY)).to_be_visible()
    fits(page) if script else None


def test_leaving_a_group_then_everything_is_taken_away_erased_and_brought_back(
    cast: Cast, live: Live, new_context: NewContext, tmp_path: Path
) -> None:
    journal(cast)
    elsewhere = cast.browser("Ana")
    page, taps = phone_of("Ana", cast, live, new_context), Taps()

    # 1. Leaving: the journal is whole, the group is one less
    page.goto(f"/groups/{cast.groups['Willow'].uid}")
    expect(page.locator("[data-roster-size]")).to_have_attribute("data-roster-size", "2")
    taps.on(page.get_by_role("link", name="Quitter ce groupe"))
    taps.on(page.get_by_role("button", name="Quitter"))
    expect(page.get_by_role("status").filter(has_text="C’est fait. Votre journal est toujours là.")).to_be_visible()
    assert taps.all() <= 3
    assert len(entries(cast, "Ana")) == 3

    # 2–3. Everything as one file, with its words
    taps.on(page.get_by_role("link", name="Réglages"))
    taps.on(page.get_by_role("link", name="Mes données"))
    expect(page.get_by_text("Ce fichier contient vos notes en clair. Gardez-le en lieu sûr.")).to_be_visible()
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Récupérer toutes mes données (JSON)").tap()
    assert download.value.suggested_filename == "le-fil.json"
    file = tmp_path / "le-fil.json"
    download.value.save_as(file)
    assert CANARY in file.read_text("utf-8")
    assert len(json.loads(file.read_text("utf-8"))["entries"]) == 3

    # 4–5. Erased at once, here, on the server and on every other device
    until(page, f"async () => (await ({OURS})()).length === 1")
    taps.on(page.get_by_role("link", name="Tout effacer"))
    expect(page.get_by_text("Les tendances déjà publiées ne changent pas")).to_be_visible()
    first = page.locator("main form :is(a, button)").first
    expect(first).to_have_text("Garder mon journal")
    taps.on(page.get_by_role("button", name="Effacer définitivement"))
    expect(page.get_by_role("status").filter(has_text="C’est effacé. Merci, et bonne route.")).to_be_visible()
    assert taps.all() <= 4
    until(page, f"async () => (await ({OURS})()).length === 0")
    assert elsewhere.get("/journal").status_code == 303
    page.goto("/journal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrir mon journal")
    page.context.close()

    # The file opens in a new account, and twice brings nothing more
    cast.takes_part("Nina", "Willow")
    page = phone_of("Nina", cast, live, new_context)
    for said in ("3 humeurs ajoutées", "Rien n’a été importé."):
        page.goto("/data")
        page.get_by_label("Fichier", exact=True).set_input_files(file)
        page.get_by_role("button", name="Voir ce qu’il contient").tap()
        if said.startswith("3"):
            page.get_by_role("button", name="Importer", exact=True).tap()
        else:
            expect(page.get_by_text("Tout est déjà dans votre journal.")).to_be_visible()
            page.get_by_role("button", name="Ne rien importer").tap()
        expect(page.get_by_text(said)).to_be_visible()
    assert len(entries(cast, "Nina")) == 3


def test_without_network_nothing_is_erased_and_the_page_says_why(
    cast: Cast, live: Live, new_context: NewContext
) -> None:
    page = phone_of("Ana", cast, live, new_context)
    page.goto("/settings/erasure")
    assert page.evaluate(READY)
    page.context.set_offline(True)
    page.get_by_role("button", name="Effacer définitivement").tap()
    expect(page.get_by_text("L’effacement demande une connexion.")).to_be_visible()
    page.context.set_offline(False)
    assert cast.browser("Ana").get("/journal").status_code == 200


def test_a_file_that_is_none_is_refused_where_it_was_chosen(
    cast: Cast, live: Live, new_context: NewContext, tmp_path: Path
) -> None:
    file = tmp_path / "photo.json"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = phone_of("Ana", cast, live, new_context)
    page.goto("/data")
    page.get_by_label("Fichier", exact=True).set_input_files(file)
    page.get_by_role("button", name="Voir ce qu’il contient").tap()
    expect(page.get_by_role("alert")).to_have_text("Ce fichier n’est pas un export lisible. Rien n’a été importé.")
    expect(page.get_by_label("Fichier", exact=True)).to_be_focused()


def test_withdrawing_from_trends_takes_two_taps(cast: Cast, live: Live, new_context: NewContext) -> None:
    page, taps = phone_of("Ana", cast, live, new_context), Taps()
    page.goto("/")
    taps.on(page.get_by_role("link", name="Réglages"))
    taps.on(page.locator("#choice-trends").get_by_role("button", name="Retirer mon accord"))
    expect(page.get_by_text("Choix enregistré.")).to_be_visible()
    assert taps.all() == 2
    page.goto("/settings/choices")
    expect(page.get_by_text("Retiré le mercredi 11 mars 2026")).to_be_visible()
    fits(page)
