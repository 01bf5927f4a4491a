"""The report on a phone, tap by tap (J9), and on paper: one page and an annex, in black and white."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Live
from tests.browser.test_facilitator import A4, cookie_of
from tests.browser.until import until
from tests.conftest import Clock
from tests.crowd import Crowd
from tests.report.conftest import cancelled, held
from tests.trends.conftest import released
from wellbeing.db import db, transaction
from wellbeing.domain.reports import LENGTHS, NUMBERS
from wellbeing.domain.trends import EXPERIENCE, ITEMS, blocks
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.release import Release
from wellbeing.web.assets import asset

CREATED = datetime(2025, 8, 20, 9, tzinfo=UTC)
YEAR = {"from": "2025-09-01", "to": "2026-08-31"}
NOW = datetime(2026, 9, 4, 12, tzinfo=UTC)
SIZES = [(12, 2, 1), (15, 3, 0), (9, 1, 2), (14, 2, 0), (8, 0, 1), (11, 1, 1), (16, 4, 2)]
WORDS = "Dans le quartier, beaucoup de personnes vivent seules ; un atelier gratuit leur donne une raison de venir. "
FIVE = {"Le besoin": "Des personnes seules.", "Ce que vous avez appris": "Le lien.", "Difficultés": "La salle.",
        "La suite et les besoins": "Le matin.", "Moyens": "Une salle prêtée."}  # fmt: skip


@pytest.fixture
def association(app: Flask, clock: Clock) -> Crowd:
    """Willow after a year: a workshop a week but in August, counted, and a figure for nearly every period."""
    crowd = Crowd(app)
    crowd.group(at=CREATED)
    crowd.leads("Fay", "Willow", at=CREATED)
    first = datetime(2025, 9, 8, 17, tzinfo=UTC)
    for n, three in zip(range(46), cycle(SIZES), strict=False):
        held(crowd, first + timedelta(weeks=n), three)
    cancelled(crowd, first + timedelta(weeks=46))
    published(crowd, every=True)
    clock.set(NOW)
    return crowd


def published(crowd: Crowd, *, every: bool) -> None:
    """A figure for every period of the year, in its longest words; or for none of them."""
    with crowd.app.app_context(), transaction():
        db.session.query(Release).delete()
    if not every:
        return
    for item in ITEMS:
        longest = {EXPERIENCE.levels: item.levels[-1]}.get(item.levels, item.levels[-2])
        for block in blocks(item, CREATED.date(), NOW.date()):
            released(crowd, 0, (longest, item.bands[1]), item=item, start=block.start)


def longest_texts() -> dict[str, str]:
    texts = {name: (WORDS * 5)[: most - 1] + "." for name, most in LENGTHS.items()}
    return {**texts, **{name: str(most) for name, most in NUMBERS.items()}, "issued_on": "2026-09-02", "policy": "1"}


def save(crowd: Crowd, **texts: str) -> None:
    answer = crowd.browser("Fay").post(f"/groups/{crowd.groups['Willow'].uid}/report", data={**YEAR, **texts})
    assert answer.status_code == 303


@pytest.fixture
def phone(association: Crowd, live: Live, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def opened(**chosen: object) -> Page:
        context = new_context(**chosen)
        context.add_cookies([{"name": "fil", "value": cookie_of(association.browser("Fay")), "url": live.url}])
        return context.new_page()

    return opened


def report(crowd: Crowd) -> str:
    return f"/groups/{crowd.groups['Willow'].uid}/report?from={YEAR['from']}&to={YEAR['to']}"


def speaks(crowd: Crowd, locale: str) -> None:
    with crowd.app.app_context(), transaction():
        db.session.query(Person).update({"locale": locale})


def test_a_report_takes_eight_taps_and_five_entries(association: Crowd, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto("/groups")
    page.get_by_role("link", name="Willow en mouvement").tap()
    page.get_by_role("link", name="Préparer le bilan").tap()
    taps = 2
    expect(page.get_by_role("heading", level=1)).to_contain_text("Du 1er au 4 septembre 2026")
    page.wait_for_load_state()  # with its style sheet: where lines break is part of what is compared
    before = page.locator("#sheet").inner_text()

    for label, day in (("Du", YEAR["from"]), ("Au", YEAR["to"])):
        page.get_by_label(label, exact=True).tap()
        page.get_by_label(label, exact=True).fill(day)
        taps += 1
    guide = page.get_by_text("Ce qui manque dans le quartier, avec un exemple.")
    expect(guide).to_be_hidden()
    page.get_by_role("radio", name="Mairie, CCAS, CLSM").tap()
    taps += 1
    expect(guide).to_be_visible()
    assert page.locator("#sheet").inner_text() == before  # guidance changes no figure

    for label, text in FIVE.items():
        page.get_by_role("textbox", name=label, exact=True).fill(text)
    page.get_by_role("button", name="Enregistrer").tap()
    taps += 1
    expect(page.get_by_role("heading", level=1)).to_contain_text("Du 1er septembre 2025 au 31 août 2026")
    for text in FIVE.values():
        expect(page.locator("#sheet")).to_contain_text(text)
    assert page.title() == "Bilan d’impact – Le fil"

    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Imprimer").tap()
    taps += 1
    until(page, "window.printed === true")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").tap()
    taps += 1
    assert download.value.suggested_filename == "report.csv"
    assert taps == 8


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("texts", ["none", "longest"])
def test_on_paper_it_is_one_page_and_an_annex(
    association: Crowd, phone: Callable[..., Page], locale: str, texts: str
) -> None:
    speaks(association, locale)
    if texts == "longest":
        save(association, **longest_texts())
    page = phone(color_scheme="dark")
    page.set_viewport_size(A4)
    page.goto(report(association))
    first, second = read_paper(page)
    method = {"fr": "Ce bilan n’évalue ni une personne ni une équipe.", "en": "neither a person nor a team."}[locale]
    assert method in first
    assert {"fr": "Annexe", "en": "Annex"}[locale] in second
    assert "Willow en mouvement" in first
    if texts == "longest":
        assert {"fr": "Quand la taille médiane", "en": "When the median size"}[locale] in first
        assert "10 000 000" in first.replace("\u202f", " ").replace(",", " ")


def test_a_year_without_any_figure_still_has_an_annex_of_one_page(
    association: Crowd, phone: Callable[..., Page]
) -> None:
    published(association, every=False)
    page = phone()
    page.goto(report(association))
    first, second = read_paper(page)
    assert "Pas assez de participations" in first
    assert "Pas assez de participations" in second


def test_the_longest_names_fit_too(association: Crowd, phone: Callable[..., Page]) -> None:
    with association.app.app_context(), transaction():
        names = {"name": "Danse libre et mouvement pour toutes et tous " * 2 + "Été 2026", "place": WORDS[:100]}
        db.session.query(Group).update(names)
    save(association, **longest_texts())
    page = phone()
    page.goto(report(association))
    assert len(list(read_paper(page))) == 2


def read_paper(page: Page) -> Iterator[str]:
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(paper.pages) == 2
    return (re.sub(r"\s+", " ", sheet.extract_text()) for sheet in paper.pages)


def test_on_paper_nothing_is_said_by_a_colour(association: Crowd, phone: Callable[..., Page]) -> None:
    save(association, **longest_texts())
    page = phone(color_scheme="dark")
    page.set_viewport_size(A4)
    page.goto(report(association))
    page.emulate_media(media="print")
    colours = page.locator(".report, .report *").evaluate_all(
        "all => [...new Set(all.filter(e => e.offsetParent).map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    for hidden in ("Enregistrer", "Imprimer", "Besoin d’aide"):
        assert not page.get_by_text(hidden).first.is_visible()
    smallest = page.locator("#sheet p, #sheet dd, #sheet small").evaluate_all(
        "all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest * 0.75 >= 7.4  # points


def test_it_is_read_and_written_without_scripts_on_a_small_screen(
    association: Crowd, phone: Callable[..., Page]
) -> None:
    page = phone(java_script_enabled=False)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(report(association))
    page.get_by_role("textbox", name="Le besoin").fill("Des personnes seules.")
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.locator("#sheet")).to_contain_text("Des personnes seules.")
    assert not page.get_by_role("button", name="Imprimer").is_visible()


def test_only_the_report_brings_its_style_sheet(association: Crowd, phone: Callable[..., Page]) -> None:
    with association.app.test_request_context():
        sheet = asset("css/report.css")
    page = phone()
    for where, brings in ((report(association), 1), ("/", 0)):
        page.goto(where)
        assert page.locator(f'link[href="{sheet}"]').count() == brings


def test_the_year_is_as_long_as_it_may_be() -> None:
    assert date.fromisoformat(YEAR["to"]) - date.fromisoformat(YEAR["from"]) == timedelta(days=364)
