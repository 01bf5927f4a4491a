"""Dates on a phone, tap by tap: a season seen before it is saved (J7), a date moved, cancelled, restored (J8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.browser.test_for_everyone import LOOKS, RULES
from tests.cast import Cast
from tests.groups import naive_season
from tests.groups.record import workshops_of
from wellbeing.db import db, transaction
from wellbeing.models.group import Group

Contexts = Callable[..., BrowserContext]
HERE = re.compile(r"/groups/[0-9a-f]{32}$")
STAGE = (("Jour", "2026-03-29"), ("Heure de début", "10:00"), ("Durée, en minutes", "360"))


@pytest.fixture(autouse=True)
def zone_c(cast: Cast) -> None:
    with cast.app.app_context(), transaction():
        db.session.get_one(Group, cast.groups["Willow"].id).holiday_zone = "C"


class Finger:
    """Taps, counted. What is typed is no tap."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def taps_on(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]
        self.taps += 1


def finger(cast: Cast, live: Live, new_context: Contexts, **chosen: object) -> Finger:
    found = Finger(phone_of("Fay", cast, live, new_context, **chosen))
    found.page.goto(f"/groups/{cast.groups['Willow'].uid}")
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_a_season_is_three_taps_and_the_dates_are_those_of_the_reference(
    cast: Cast, live: Live, new_context: Contexts, scripts: bool
) -> None:
    hand = finger(cast, live, new_context, java_script_enabled=scripts)
    page = hand.page
    hand.taps_on("link", "Dates")
    page.get_by_label("Première date").fill("2026-09-03")
    page.get_by_label("Heure de début").first.fill("18:30")
    page.get_by_label("Jusqu’au").fill("2027-06-30")
    hand.taps_on("button", "Voir les dates")
    expected = naive_season.season(date(2026, 9, 3), date(2027, 6, 30), "C")
    all_of_them = (date(2027, 6, 30) - date(2026, 9, 3)).days // 7 + 1
    removed = all_of_them - len(expected)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Séances prévues : {len(expected)}. Retirées pour les vacances : {removed}."
    )
    assert page.get_by_role("checkbox", checked=True).count() == len(expected)
    assert page.get_by_role("checkbox", checked=False).count() == removed
    before = len(workshops_of(cast, cast.groups["Willow"]))
    hand.taps_on("button", "Enregistrer ces dates")
    page.wait_for_url(HERE)
    assert hand.taps <= 3
    made = [workshop.starts_at.replace(tzinfo=None) for workshop in workshops_of(cast, cast.groups["Willow"])[before:]]
    assert made == expected


def test_a_date_is_put_back_and_another_left_out_without_scripts(cast: Cast, live: Live, new_context: Contexts) -> None:
    hand = finger(cast, live, new_context, java_script_enabled=False)
    page = hand.page
    hand.taps_on("link", "Dates")
    page.get_by_label("Première date").fill("2026-04-16")
    page.get_by_label("Ou nombre de séances").fill("3")
    hand.taps_on("button", "Voir les dates")
    hand.taps_on("checkbox", "jeudi 23 avril 2026")
    expect(page.get_by_role("checkbox", name="Jour férié : Ascension")).to_be_checked()
    hand.taps_on("checkbox", "jeudi 14 mai 2026")
    hand.taps_on("button", "Enregistrer ces dates")
    page.wait_for_url(HERE)
    made = [workshop.local_date.isoformat() for workshop in workshops_of(cast, cast.groups["Willow"])[3:]]
    assert made == ["2026-04-16", "2026-04-23", "2026-05-07"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_week_end_is_typed_as_it_is(cast: Cast, live: Live, new_context: Contexts, scripts: bool) -> None:
    hand = finger(cast, live, new_context, java_script_enabled=scripts)
    page = hand.page
    hand.taps_on("link", "Dates")
    expect(page.get_by_label("Jusqu’au")).to_be_visible()
    expect(page.get_by_role("group", name="Moment 2")).to_be_hidden()
    hand.taps_on("radio", "Un stage")
    expect(page.get_by_label("Jusqu’au")).to_be_hidden()
    page.get_by_label("Première date").fill("2026-03-28")
    for label, typed in STAGE:
        page.get_by_role("group", name="Moment 2").get_by_label(label).fill(typed)
    page.get_by_role("group", name="Moment 2").get_by_label("Durée").press("Enter")  # the dates, not more rows
    expect(page.get_by_text("du samedi 28 mars au dimanche 29 mars 2026")).to_be_visible()
    hand.taps_on("button", "Enregistrer ces dates")
    page.wait_for_url(HERE)
    expect(page.get_by_text("jusqu’au dimanche 29 mars").first).to_be_visible()


def test_more_rows_open_where_one_was(cast: Cast, live: Live, new_context: Contexts) -> None:
    hand = finger(cast, live, new_context)
    page = hand.page
    hand.taps_on("link", "Dates")
    hand.taps_on("radio", "À des dates que je choisis")
    page.get_by_label("Date 2", exact=True).fill("2026-04-02")
    hand.taps_on("button", "Plus de lignes")
    expect(page.get_by_label("Date 2", exact=True)).to_have_value("2026-04-02")
    expect(page.get_by_label("Date 3", exact=True)).to_be_focused()
    expect(page.get_by_label("Date 8", exact=True)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_three_taps_move_a_date_three_cancel_it_and_two_restore_it(
    cast: Cast, live: Live, new_context: Contexts, scripts: bool
) -> None:
    hand = finger(cast, live, new_context, java_script_enabled=scripts)
    page, group = hand.page, f"/groups/{cast.groups['Willow'].uid}"
    tomorrow = workshops_of(cast, cast.groups["Willow"])[1]

    page.locator(f"#date-{tomorrow.uid} a").tap()
    hand.taps_on("link", "Déplacer cette séance")
    page.get_by_label("Jour", exact=True).fill("2026-03-13")
    page.get_by_label("Heure de début").fill("20:15")
    hand.taps_on("button", "Enregistrer")
    expect(page.get_by_text("La séance est déplacée.")).to_be_visible()
    expect(page.get_by_text("vendredi 13 mars 2026, 20 h 15")).to_be_visible()
    assert hand.taps + 1 <= 3

    hand.taps = 0
    page.goto(group)
    page.locator(f"#date-{tomorrow.uid} a").tap()
    hand.taps_on("link", "Annuler cette séance")
    expect(page.get_by_text("L’annulation ne pèse sur le fil de personne.")).to_be_visible()
    hand.taps_on("button", "Confirmer l’annulation")
    expect(page.get_by_text("Séance annulée")).to_be_visible()
    assert hand.taps + 1 <= 3

    hand.taps = 0
    page.goto(group)
    page.locator(f"#date-{tomorrow.uid} a").tap()
    hand.taps_on("button", "Rétablir cette séance")
    expect(page.get_by_role("link", name="Déplacer cette séance")).to_be_visible()
    assert hand.taps + 1 <= 3


@pytest.mark.parametrize(("theme", "locale"), LOOKS)
def test_the_preview_is_for_everyone(cast: Cast, live: Live, new_context: Contexts, theme: str, locale: str) -> None:
    if locale.startswith("en"):
        cast.browser("Fay").post("/settings", data={"locale": "en"})
    page = phone_of("Fay", cast, live, new_context, color_scheme=theme, locale=locale)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/groups/{cast.groups['Willow'].uid}/workshops")
    page.locator("[name=starts_on]").fill("2026-04-11")
    page.locator("[name=until]").fill("2028-04-01")
    page.locator("#season-form .button.is-wide").tap()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    heights = page.locator("label.line").evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().height)")
    assert min(heights) >= 44
    assert Axe().run(page, options=RULES).response["violations"] == []
