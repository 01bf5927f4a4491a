"""Every item has its figure: mood, before and after, experience and the seven of a season; and what headcounts say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.crowd import FORTNIGHT, Crowd
from tests.trends.conftest import released
from tests.trends.reading import MESSAGES, every_table, off_csv, off_drawing, off_table
from tests.trends.test_pages import NOTHING, read, url
from wellbeing.db import db, transaction
from wellbeing.domain.trends import EXPERIENCE, LIFT, PROFILE
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Workshop

LONG = date(2026, 1, 26)  # the first block of 28 days that starts after the group was made
SEASON = date(2026, 1, 26)  # the first one of 84 days
YEAR_LATER = datetime(2027, 1, 6, tzinfo=UTC)


@pytest.fixture
def year(willow: Crowd, clock: Clock) -> Crowd:
    """Lift and experience of eight blocks, and two seasons in detail."""
    for n, (lift, quality) in enumerate(
        zip((-10, -5, 0, 5, 10, 10, 5, 10), (30, 35, 40, 45, 40, 40, 45, 45), strict=True)
    ):
        start = LONG + n * 2 * FORTNIGHT
        released(willow, n, None if n == 1 else (lift, 5), item=LIFT, start=start)
        released(willow, n, None if n == 2 else (quality, 10), item=EXPERIENCE, start=start)
    for place, item in enumerate(PROFILE):
        released(willow, 0, None if place == 4 else (item.levels[place % len(item.levels)], 8), item=item, start=SEASON)
    clock.set(datetime(2026, 6, 18, 12, tzinfo=UTC))
    return willow


def counts(crowd: Crowd, *numbers: tuple[int, int, int], every: timedelta = timedelta(weeks=1)) -> None:
    for n, (present, without_phone, newcomers) in enumerate(numbers):
        at = datetime(2026, 1, 26, 18, tzinfo=UTC) + n * every
        uid = crowd.meeting("Willow", at)
        with crowd.app.app_context(), transaction():
            workshop = db.session.query(Workshop).filter_by(uid=uid).one()
            db.session.add(
                Headcount(
                    workshop_id=workshop.id,
                    group_id=workshop.group_id,
                    present=present,
                    without_phone=without_phone,
                    newcomers=newcomers,
                    counted_at=at,
                )
            )


def test_the_page_and_the_spreadsheet_hold_the_same_rows_of_every_item(year: Crowd) -> None:
    page, sheet = read(year), read(year, ".csv")
    rows = [tuple(line.split(",")) for line in sheet.splitlines()[1:]]
    assert every_table(page) == rows
    assert {row[0] for row in rows} == {"mood", "lift", "experience", *(item.name for item in PROFILE)}
    assert off_drawing(page, "lift") == [1, None, 3, 4, 5]
    assert off_drawing(page, "experience") == [1, 2, None, 4, 3]
    assert off_table(page, "profile.size") == [("2026-01-26", "2026-04-19", "at most", "-0.5", "8", "15")]
    assert off_table(page, "profile.return") == [("2026-01-26", "2026-04-19", *NOTHING)]
    assert off_csv(sheet, "profile.return") == [("2026-01-26", "2026-04-19", *NOTHING)]


def test_each_figure_says_a_sentence_first_and_how_much_can_be_said(year: Crowd) -> None:
    page = read(year)
    for sentence in (
        "Du 18 mai au 14 juin, après les séances, humeur et calme se situent nettement plus haut qu’avant.",
        "les échanges et la sécurité, le groupe répond : beaucoup.",
        "Du 26 janvier au 19 avril, être en lien : en partie\u202f; faire ensemble : assez",
    ):
        assert sentence in page
    assert page.count("Périodes publiées : 4 sur 5.") == 2
    assert page.count("Niveau arrondi et brouillé exprès") >= 4


def test_a_season_in_detail_has_no_direction(year: Crowd) -> None:
    detail = read(year).split('id="profile"')[1].split("</section>")[0]
    assert "Évolution" not in detail
    assert "envie de revenir :" not in detail


def test_a_participant_finds_the_same_card_on_the_page_of_the_group(year: Crowd, app: Flask, clock: Clock) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        card = app.extensions["trends_card"](year.groups["Willow"], clock.now.date())
    group = f"/groups/{year.groups['Willow'].uid}"
    for name, address in (("Ana", group), ("Fay", group), ("Fay", url(year))):
        assert card in year.browser(name).get(address).text


def test_an_item_without_a_closed_period_is_not_there(willow: Crowd) -> None:
    page = read(willow)
    assert "Avant et après les séances" in page
    assert "Vécu des séances, en détail" not in page


def test_a_group_without_any_figure_is_told_why_that_is_likely(willow: Crowd) -> None:
    small = "Dans un groupe de moins de 7 personnes, une tendance paraît rarement."
    assert small not in read(willow).split('id="card"')[1].split("</section>")[0]
    willow.forgets_releases()
    card = read(willow).split('id="card"')[1].split("</section>")[0]
    assert small in card
    assert MESSAGES["fr"] in card


def test_headcounts_speak_from_their_thresholds_on(willow: Crowd) -> None:
    assert "Ce que disent vos comptages" in read(willow)
    counts(willow, (8, 2, 8), (10, 1, 3))
    page = read(willow)
    assert "Séances tenues : 2. Prévues : 2. Annulées : 0." in page
    assert "Présences : 18, dont nouvelles personnes : 11." in page
    assert "La taille du groupe se lit à partir de 3 séances comptées, le retour à partir de 4." in page
    assert "Taille médiane" not in page
    counts(willow, (9, 0, 0), (12, 2, 4), (7, 1, 0))
    page = read(willow)
    assert "Taille médiane du groupe : 9 personnes (de 7 à 12)." in page
    assert "Présences sans téléphone : 13 %." in page
    assert "sur 10." in page
    assert "Le taux de retour compte des présences d’une séance à la suivante, pas des personnes suivies." in page


def test_size_stands_beside_experience_from_six_periods_on(year: Crowd, clock: Clock) -> None:
    counts(year, (9, 0, 0), (8, 0, 0), (20, 0, 0), (14, 0, 0), (10, 0, 0), (15, 0, 0), (16, 0, 0), every=2 * FORTNIGHT)
    assert 'id="sizes"' not in read(year)
    clock.set(YEAR_LATER)
    page = read(year)
    figure = page.split('id="sizes"')[1].split("</section>")[0]
    said = "Quand la taille médiane dépassait 10 personnes, le niveau du milieu était : "
    assert f"{said}presque tout à fait. Sinon : assez." in figure
    assert "Ils ne prouvent pas qu’elle en est la cause." in figure


def test_sizes_that_are_alike_are_not_compared(year: Crowd, clock: Clock) -> None:
    counts(year, *[(9, 0, 0)] * 7, every=2 * FORTNIGHT)
    clock.set(YEAR_LATER)
    figure = read(year).split('id="sizes"')[1].split("</section>")[0]
    assert "Une marque par période de 4 semaines, selon la taille médiane, de 9 à 9 personnes." in figure
