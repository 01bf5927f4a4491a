"""The report says what was counted and what was published, of one period, the same each time it is asked for."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.crowd import FORTNIGHT, Crowd
from tests.report.conftest import NOW, address, held, plain, read, save, sheet
from tests.trends.conftest import released
from wellbeing.db import db, transaction
from wellbeing.models.person import Person
from wellbeing.report.sheet import method

SECTIONS = ("Pourquoi", "Ce qui a été fait", "Qui est venu", "Est-on revenu", "Ce que disent les séances",
            "Dans la durée", "Une parole", "Ce que nous avons appris", "Suite et besoins", "Moyens",
            "Méthode et limites")  # fmt: skip


def test_the_twelve_sections_stand_in_their_order(willow: Crowd) -> None:
    page = sheet(read(willow))
    assert page.index("<h1") < page.index("Pourquoi")
    titles = re.findall(r'<h2 id="part-\d+">(.*?)</h2>', page)
    assert titles == list(SECTIONS)


def test_each_figure_is_said_as_it_was_counted_or_published(willow: Crowd) -> None:
    page = re.sub(r"\s+", " ", sheet(read(willow)))
    for sentence in (
        "Séances tenues : 5. Prévues : 6. Annulées : 1.",
        "Durée des séances tenues : 7 h.",
        "Taille médiane du groupe : 9 personnes (de 7 à 12).",
        "Présences : 46, dont nouvelles personnes : 15.",
        "Présences sans téléphone : 13 %.",
        "Part des présences de personnes déjà venues : 82 %.",
        "Retour d’une séance à la suivante : 8 sur 10.",
        "plus haut après les séances : 2 ; à peu près comme avant : 2 ; plus bas : 1.",
        "sur le lien, l’action commune, les échanges et la sécurité, le niveau du milieu est : beaucoup.".capitalize(),
        "Sur 12 semaines, en détail : être en lien : beaucoup ; faire ensemble : beaucoup",
        "Pendant l’action, le niveau du milieu des humeurs est : moyen. <small>Périodes publiées : 4 sur 9.",
        "Niveau arrondi et brouillé exprès : il peut s’écarter d’un demi-point.",
        "Les personnes parties ne répondent plus : une hausse peut venir de là.",
    ):
        assert sentence in page, sentence
    assert "<b>46</b> présences" in page


def test_method_and_limits_are_always_whole(willow: Crowd, app: Flask) -> None:
    page = read(willow)
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        sentences = [plain(sentence) for sentence in method()]
    assert len(sentences) == 8
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert "Ils ne prouvent pas qu’elle en est la cause." in page


def test_group_and_period_are_in_the_heading_and_not_in_the_title(willow: Crowd) -> None:
    page = read(willow)
    [heading] = re.findall(r"<h1.*?</h1>", page, flags=re.DOTALL)
    assert "Willow en mouvement" in heading
    assert "Du 12 janvier au 14 juin 2026" in heading
    assert "<title>Bilan d’impact – Le fil</title>" in page


def test_only_blocks_wholly_inside_count(willow: Crowd) -> None:
    whole = read(willow, last=date(2026, 2, 22))
    cut = read(willow, last=date(2026, 2, 21))
    assert "Périodes publiées : 1 sur 1." in sheet(whole)
    assert "Aucune période de tendance ne se clôt entre ces dates." in sheet(cut)
    assert "Périodes publiées : 1 sur 2." in sheet(cut)  # of mood, the first two fortnights


def test_an_open_block_is_nowhere(willow: Crowd, clock: Clock) -> None:
    clock.set(NOW - timedelta(days=2))  # the blocks that end on 14 June are due on the 17th
    before = read(willow, last=date(2026, 6, 16))
    assert "Périodes publiées : 4 sur 4." in sheet(before)
    assert "18 mai" not in before.split('id="annex"')[1].split("</section>")[0]
    assert "Une période de tendance de ces dates n’est pas encore close." in before
    clock.set(NOW)
    assert "Périodes publiées : 5 sur 5." in sheet(read(willow, last=date(2026, 6, 16)))
    assert "n’est pas encore close" not in read(willow, last=date(2026, 6, 16))


def test_the_same_period_twice_is_the_same_bytes_a_month_and_two_erasures_later(willow: Crowd, clock: Clock) -> None:
    willow.contributor("Ben")
    save(willow)
    fay = willow.browser("Fay")
    first = {kind: fay.get(address(willow, kind)).data for kind in ("", ".csv")}
    for name in ("Ana", "Ben"):
        willow.erased(name)
    released(willow, 11, (40, 5))
    clock.advance(days=31)
    held(willow, clock.now - timedelta(days=2), (11, 0, 1))
    assert {kind: fay.get(address(willow, kind)).data for kind in ("", ".csv")} == first


def test_no_other_parameter_changes_a_byte(willow: Crowd) -> None:
    fay = willow.browser("Fay")
    for kind in ("", ".csv"):
        same = fay.get(address(willow, kind)).data
        for name in ("week", "block", "item", "group", "user", "lang", "limit"):
            assert fay.get(f"{address(willow, kind)}&{name}=2026-03-02").data == same
        assert fay.get(address(willow, kind), headers={"HX-Request": "true"}).data == same


def test_without_dates_it_is_the_season_so_far(willow: Crowd) -> None:
    page = read(willow, first=None, last=None)
    assert "Du 1er septembre 2025 au 18 juin 2026" in sheet(page)
    assert 'value="2025-09-01"' in page
    assert 'value="2026-06-18"' in page


def test_it_is_said_in_english_to_who_reads_english(willow: Crowd, app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.query(Person).filter_by(id=willow.people["Fay"]).update({"locale": "en"})
    page = sheet(read(willow))
    for sentence in (
        "Sessions held: 5. Planned: 6. Cancelled: 1.",
        "Share of attendances by people who had come before: 82%.",
        "During the activity, the middle level of moods is: so\u2011so.",
        "They do not prove that the activity caused it.",
    ):
        assert sentence in page


def test_nothing_is_shown_below_its_threshold(willow: Crowd) -> None:
    page = sheet(read(willow, first=date(2026, 2, 1), last=date(2026, 2, 10)))
    assert "Présences : 19, dont nouvelles personnes : 3." in page
    assert "Le retour se lit à partir de 4 séances comptées." in page
    for figure in ("Taille médiane", "sans téléphone :", "déjà venues", "sur 10"):
        assert figure not in page


def test_a_period_without_a_figure_says_the_one_message(willow: Crowd) -> None:
    willow.forgets_releases()
    page = sheet(read(willow))
    assert page.count("Pas assez de participations pour afficher une tendance.") == 4
    assert "Périodes publiées : 0 sur 5." in page


def test_a_date_that_nobody_counted_is_pointed_out_and_not_printed(willow: Crowd) -> None:
    assert "pas de nombre de présences" not in read(willow)
    willow.meeting("Willow", NOW - FORTNIGHT)
    page = read(willow)
    assert "1 séance passée n’a pas de nombre de présences." in page
    assert "pas de nombre de présences" not in sheet(page)
    assert '<div class="notice no-print">' in page


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-13-01", "2026-06-14", "date"),
        ("hier", "2026-06-14", "date"),
        ("2026-06-14", "2026-06-13", "La fin vient avant le début."),
        ("2025-01-01", "2026-06-14", "Un bilan couvre un an au plus."),
    ],
)
def test_dates_that_are_none_are_refused_and_stay_in_the_form(
    willow: Crowd, first: str, last: str, sentence: str
) -> None:
    answer = willow.browser("Fay").get(address(willow, first=first, last=last))
    assert answer.status_code == 422
    assert sentence in plain(answer.text)
    assert f'name="from" value="{first}"' in answer.text
    assert f'name="to" value="{last}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert willow.browser("Fay").get(address(willow, ".csv", first=first, last=last)).status_code == 422


@pytest.mark.parametrize("kind", ["", ".csv"])
def test_only_the_team_of_the_group_opens_it(willow: Crowd, app: Flask, kind: str) -> None:
    willow.group("Oak")
    willow.leads("Gus", "Oak")
    willow.stewards("Sam")
    for name in ("Ana", "Gus", "Sam"):
        assert willow.browser(name).get(address(willow, kind)).status_code == 404
    for name in ("Fay", "Flo"):
        assert willow.browser(name).get(address(willow, kind)).status_code == 200
    signed_out = app.test_client().get(address(willow, kind))
    assert (signed_out.status_code, signed_out.headers["Location"].split("?")[0]) == (303, "/sign-in")


def test_the_page_of_the_group_leads_to_it(willow: Crowd) -> None:
    uid = willow.groups["Willow"].uid
    assert f'href="/groups/{uid}/report"' in willow.browser("Fay").get(f"/groups/{uid}").text
    assert f"/groups/{uid}/report" not in willow.browser("Ana").get(f"/groups/{uid}").text
