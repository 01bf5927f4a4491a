"""A facilitator's first group and first count, on a phone, tap by tap (J7, J8), and the poster as paper gets it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pypdf import PdfReader

from tests.browser.conftest import Live
from tests.cast import Cast
from tests.conftest import Clock
from wellbeing.db import db, transaction
from wellbeing.models.group import Group

A4: ViewportSize = {"width": 794, "height": 1123}  # CSS pixels, without margins
MILLIMETRE = 96 / 25.4
LONG = "Danse libre et mouvement pour toutes et tous " * 2 + "Été 2026"


def cookie_of(client: FlaskClient) -> str:
    kept = client.get_cookie("fil", domain="localhost")
    assert kept is not None
    return str(kept.value)


def phone_of(name: str, cast: Cast, live: Live, new_context: Callable[..., BrowserContext], **chosen: object) -> Page:
    context = new_context(**chosen)
    context.add_cookies([{"name": "fil", "value": cookie_of(cast.browser(name)), "url": live.url}])
    return context.new_page()


def text_in(picture: Image.Image) -> str:
    """What the only code of a picture says, to another library than the one that drew it."""
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_a_first_group_takes_fourteen_taps(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], clock: Clock
) -> None:
    sam = cast.browser("Sam")
    link = re.search(r'data-invitation="([^"]+)"', sam.post("/organisation/invitations").text)
    assert link
    visitor = cast.stranger()
    visitor.post(link[1].removeprefix(live.url), data={"pseudonym": "Hirondelle", "age_ok": "1"})
    context = new_context()
    context.add_cookies([{"name": "fil", "value": cookie_of(visitor), "url": live.url}])
    page = context.new_page()
    taps = 3  # coming in: the box, no passkey, phrase kept

    page.goto("/groups")
    page.get_by_role("link", name="Nouveau groupe").tap()
    page.get_by_label("Nom du groupe").fill("Danse du jeudi")
    page.get_by_label("Lieu").fill("Salle des fêtes")
    page.get_by_label("Personne à qui parler").fill("Dominique")
    page.get_by_role("checkbox", name="Cette personne n’anime pas ce groupe.").tap()
    page.get_by_role("radio", name="Danse", exact=True).tap()
    page.get_by_role("radio", name="Oui, zone C").tap()
    page.get_by_role("button", name="Créer le groupe").tap()
    page.wait_for_url(re.compile(r"/groups/[0-9a-f]{32}$"))
    taps += 5

    page.get_by_role("link", name="Dates").tap()
    page.get_by_label("Première date").fill("2026-03-19")
    page.get_by_label("Jusqu’au").fill("2026-06-30")
    page.get_by_role("button", name="Voir les dates").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Séances prévues\u00a0: 13. Retirées pour les vacances\u00a0: 2."
    )
    page.get_by_role("button", name="Enregistrer ces dates").tap()
    page.wait_for_url(re.compile(r"/groups/[0-9a-f]{32}$"))
    taps += 3

    page.get_by_role("link", name="Affiche").first.tap()
    expect(page.get_by_role("button", name="Imprimer l’affiche")).to_be_visible()
    taps += 2  # the poster, and printing it
    assert taps <= 14


def test_counting_takes_four_taps_and_moves_nothing_else(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    page = phone_of("Fay", cast, live, new_context)
    page.goto(f"/groups/{cast.groups['Willow'].uid}")
    for label, number in (("Combien de personnes", "9"), ("dont sans téléphone", "2"), ("dont nouvelles", "1")):
        page.get_by_role("group", name=label).get_by_role("radio", name=number, exact=True).tap()
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("9 personnes présentes", exact=True)).to_be_visible()
    expect(page.get_by_text("Séance du 10 mars : 9 personnes présentes, selon l’équipe.")).to_be_visible()
    assert page.evaluate("window.stayed") is True


def test_a_count_is_corrected_on_the_page_of_its_date(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    page = phone_of("Fay", cast, live, new_context)
    page.goto(f"/groups/{cast.groups['Willow'].uid}/workshops")
    page.get_by_role("link", name="pas encore compté").tap()
    for number in ("8", "9"):
        if number == "9":
            page.get_by_text("Corriger ces nombres").tap()
        page.get_by_role("group", name="Combien de personnes").get_by_role("radio", name=number, exact=True).tap()
        page.get_by_role("button", name="Enregistrer").tap()
        expect(page.get_by_text(f"{number} personnes présentes", exact=True)).to_be_visible()
    expect(page.get_by_text("Corrigé : 8, puis 9.")).to_be_visible()


def test_counting_works_without_scripts(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> None:
    page = phone_of("Fay", cast, live, new_context, java_script_enabled=False)
    page.goto(f"/groups/{cast.groups['Willow'].uid}")
    page.get_by_role("group", name="Combien de personnes").get_by_role("radio", name="9", exact=True).tap()
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("9 personnes présentes", exact=True)).to_be_visible()
    page.goto(f"/groups/{cast.groups['Willow'].uid}/poster")
    assert not page.get_by_role("button", name="Imprimer").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_of_a_workshop_fills_the_phone_that_shows_it_and_is_read_off_it(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    tonight = cast.workshop("Willow", cast.now, title=LONG[:60])
    code = cast.codes[tonight.uid]
    page = phone_of("Fay", cast, live, new_context, color_scheme=scheme)
    page.goto(f"/groups/{cast.groups['Willow'].uid}/workshops/{tonight.uid}/code")
    seen = Image.open(io.BytesIO(page.screenshot())).convert("L")  # no scrolling: what is held up
    assert text_in(seen) == f"{live.url}/c/{code}"
    drawing = page.locator(".qr-code").bounding_box()
    assert drawing is not None
    assert drawing["width"] == 360  # its own margin of white included
    left, top = drawing["x"] + 4, drawing["y"] + 4
    assert seen.getpixel((int(left * 2), int(top * 2))) == 255  # white, in a dark theme too
    written = page.locator("[data-check-in-code]")
    expect(written).to_have_text(f"{code[:4]}-{code[4:]}")
    assert written.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"

    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    page.set_viewport_size(A4)
    page.emulate_media(media="print", color_scheme="light")
    assert text_in(Image.open(io.BytesIO(page.screenshot())).convert("L")) == f"{live.url}/c/{code}"
    assert written.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") * 0.7 >= 12 * MILLIMETRE
    assert not page.get_by_role("link", name="Le groupe").is_visible()


@pytest.mark.parametrize(
    ("size", "paper", "margin", "smallest_qr"),
    [("", (210, 297), 15, 55), ("?size=a5", (148, 210), 10, 40)],
    ids=["A4", "A5"],
)
@pytest.mark.parametrize("name", ["Danse du jeudi", LONG], ids=["a short name", "a long one"])
def test_the_poster_is_one_sheet_that_a_phone_reads(
    cast: Cast,
    live: Live,
    new_context: Callable[..., BrowserContext],
    size: str,
    paper: tuple[int, int],
    margin: int,
    smallest_qr: int,
    name: str,
) -> None:
    with cast.app.app_context(), transaction():
        db.session.get_one(Group, cast.groups["Willow"].id).name = name
    page = phone_of("Fay", cast, live, new_context, color_scheme="dark", is_mobile=False)
    page.goto(f"/groups/{cast.groups['Willow'].uid}/poster{size}")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 1
    assert [round(float(side) / 72 * 25.4) for side in sheets[0].mediabox[2:]] == list(paper)
    words = sheets[0].extract_text()
    code = f"{cast.codes['Willow'][:4]}-{cast.codes['Willow'][4:]}"
    assert words.count(code) == (10 if size == "" else 7)  # once to read, the others to take home

    # what is on the paper between its margins, at its true size
    inside: ViewportSize = {
        "width": round((paper[0] - 2 * margin) * MILLIMETRE),
        "height": round((paper[1] - 2 * margin) * MILLIMETRE),
    }
    page.set_viewport_size(inside)
    page.emulate_media(media="print")
    seen = Image.open(io.BytesIO(page.screenshot())).convert("L")  # greyscale, as many printers print
    (found,) = zxingcpp.read_barcodes(seen)
    assert found.text == f"{live.url}/join?code={cast.codes['Willow']}"
    side = (found.position.top_right.x - found.position.top_left.x) / 2 / MILLIMETRE  # two dots a CSS pixel
    assert side >= smallest_qr
    letters = page.locator(".poster-code")
    assert letters.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") * 0.7 >= 12 * MILLIMETRE  # its capitals
    assert letters.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.locator(".poster").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollHeight") <= inside["height"]
    assert not page.get_by_role("link", name="Besoin d’aide").first.is_visible()
    strips = page.locator(".strips li")
    for text in ("lefil.example/join", "journal.association-des-tilleuls-et-alentours.example/join"):
        strips.evaluate_all("(all, text) => { for (const e of all) e.lastChild.data = text; }", text)
        assert strips.evaluate_all(
            "all => all.every((e) => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight)"
        )


def test_nothing_is_wider_than_a_small_screen(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    page = phone_of("Fay", cast, live, new_context)
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (
        "/groups",
        "/groups/new",
        willow,
        f"{willow}/workshops",
        f"{willow}/poster",
        f"{willow}/poster?size=a5",
        f"{willow}/code",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_a_number_called_wrong_takes_one_tap_and_the_steward_answers_in_another(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    """J8, step 8."""
    page = phone_of("Ana", cast, live, new_context)
    page.goto(f"/groups/{cast.groups['Willow'].uid}")
    wrong = page.get_by_role("button", name="Ce nombre est faux").first
    box = wrong.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    wrong.tap()
    expect(page.get_by_text("Merci. La personne responsable va vérifier. Rien ne dit qui l’a signalé.")).to_be_visible()
    page.get_by_role("button", name="Ce nombre est faux").first.tap()
    expect(page.get_by_role("alert")).to_have_text("Vous avez déjà signalé un nombre de ce groupe.")
    page.get_by_role("link", name="Le groupe").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Willow")

    office = phone_of("Sam", cast, live, new_context)
    office.goto("/organisation")
    expect(
        office.get_by_text("Willow, le 11 mars : 2 personnes dans le groupe. Nombre signalé comme faux.")
    ).to_be_visible()
    office.get_by_role("button", name="Le nombre est juste").tap()
    expect(office.get_by_text("Aucun nombre signalé n’attend de réponse.")).to_be_visible()
