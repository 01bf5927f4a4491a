"""What a team types is kept with the report of its period, comes back as it was typed, and is never lost in silence."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.conftest import Clock
from tests.crowd import Crowd
from tests.report.conftest import FIRST, LAST, TEXTS, address, plain, read, save, seen, sheet
from wellbeing.db import db, transaction
from wellbeing.domain.reports import FUNDERS, LENGTHS, NUMBERS
from wellbeing.models.group import Group
from wellbeing.models.report import Report

ANOTHER = {"first": date(2026, 2, 1), "last": date(2026, 4, 30)}


def kept(crowd: Crowd) -> list[Report]:
    with crowd.app.app_context():
        return list(db.session.query(Report).order_by(Report.id))


def test_texts_are_kept_with_the_report_and_printed_word_for_word(willow: Crowd) -> None:
    answer = save(willow)
    assert answer.status_code == 303
    page = plain(willow.browser("Fay").get(answer.location).text)
    assert "Textes enregistrés avec ce bilan." in page
    printed = sheet(page)
    for text in (TEXTS["need"], TEXTS["learning"], TEXTS["difficulties"], TEXTS["next"], TEXTS["means"]):
        assert text in printed
    for said in (
        "La santé mentale est grande cause nationale 2025-2026.",
        "Personnes différentes, selon la liste de l’association : 31.",
        "Budget de l’action : 4 200 €.",
        "Coût par présence : 91 €.",
        "Heures de bénévolat : 86.",
        "jeudi 18 juin 2026",
    ):
        assert said in printed


def test_a_colleague_finds_them_and_another_period_has_its_own(willow: Crowd) -> None:
    save(willow)
    assert TEXTS["need"] in sheet(read(willow, name="Flo"))
    save(willow, **ANOTHER, need="Autre chose.")
    assert "Autre chose." in sheet(read(willow, **ANOTHER))
    assert "Autre chose." not in sheet(read(willow))


def test_another_period_starts_with_the_texts_of_the_latest_report_and_none_of_its_numbers(willow: Crowd) -> None:
    save(willow, quote="« Le mardi est mon rendez-vous. »")
    page = read(willow, **ANOTHER)
    assert "Textes repris d’un autre bilan : Du 12 janvier au 14 juin 2026." in page
    assert TEXTS["need"] in page
    assert TEXTS["need"] not in sheet(page)  # nothing is printed before it is saved for this period
    assert "rendez-vous" not in page
    assert 'name="budget" value=""' in page
    assert "Bilans enregistrés" in page


def test_saving_the_same_again_adds_nothing(willow: Crowd) -> None:
    save(willow)
    save(willow)
    assert len(kept(willow)) == 1


def test_the_texts_that_were_on_the_page_give_way_to_the_new_ones(willow: Crowd) -> None:
    save(willow)
    save(willow, seen=seen(read(willow)), need="Mieux dit.")
    assert [report.need for report in kept(willow)] == ["Mieux dit."]


def test_two_people_at_once_lose_nothing_without_seeing_it(willow: Crowd) -> None:
    save(willow)
    on_both_pages = seen(read(willow))
    save(willow, "Flo", seen=on_both_pages, need="Ce que Flo écrit.")
    answer = save(willow, "Fay", seen=on_both_pages, need="Ce que Fay écrit.")
    page = plain(willow.browser("Fay").get(answer.location).text)
    assert "Ceux d’une autre personne de l’équipe sont gardés plus bas." in page
    for name in ("Fay", "Flo"):
        seen_by = read(willow, name=name)
        assert "Ce que Fay écrit." in sheet(seen_by)  # the last one saved holds
        aside = seen_by.split("Enregistré entre-temps par l’équipe")[1]
        assert "Ce que Flo écrit." in aside.split("<textarea")[0]
    assert "Ce que Flo" not in sheet(page)


def test_texts_set_aside_go_when_somebody_has_read_them_and_those_that_hold_stay(willow: Crowd) -> None:
    save(willow)
    save(willow, "Flo", need="Ce que Flo écrit.")
    old, new = kept(willow)
    end = address(willow, "/aside/end")
    for version in (new.uid, "0" * 32, ""):
        assert willow.browser("Fay").post(end, data={"version": version}).status_code == 303
        assert len(kept(willow)) == 2
    assert willow.browser("Fay").post(end, data={"version": old.uid}).status_code == 303
    assert [report.uid for report in kept(willow)] == [new.uid]
    assert "Enregistré entre-temps" not in read(willow)


def test_texts_moved_onto_a_period_that_has_its_own_take_nothing_away(willow: Crowd) -> None:
    save(willow, **ANOTHER, need="Ce qui était là.")
    save(willow, **ANOTHER, seen="0" * 32, need="Ce qui arrive.")
    assert [report.need for report in kept(willow)] == ["Ce qui était là.", "Ce qui arrive."]


def test_new_lines_and_signs_that_cannot_be_seen_become_one_paragraph(willow: Crowd) -> None:
    save(willow, need="  Une ligne.\r\n\r\nUne\u0007 autre.\t ", action="<b>Danse</b> & cie")
    assert kept(willow)[0].need == "Une ligne. Une autre."
    page = willow.browser("Fay").get(address(willow)).text
    assert "&lt;b&gt;Danse&lt;/b&gt; &amp; cie" in page
    assert "<b>Danse</b>" not in page


@pytest.mark.parametrize("field", LENGTHS)
def test_each_text_holds_as_much_as_fits_on_the_page_and_no_sign_more(willow: Crowd, field: str) -> None:
    most = LENGTHS[field]
    assert save(willow, **{field: "é" * most}).status_code == 303
    before = kept(willow)
    answer = save(willow, **{field: "é" * (most + 1)})
    assert answer.status_code == 422
    assert f"Ce texte tient en {most} signes." in plain(answer.text)
    assert "é" * (most + 1) in answer.text
    assert TEXTS["need"] in answer.text or field == "need"
    assert [report.uid for report in kept(willow)] == [report.uid for report in before]


@pytest.mark.parametrize(
    ("field", "given"),
    [(name, given) for name in NUMBERS for given in ("-1", "beaucoup", "3,5", "99999999999")]
    + [("funder", "nobody"), ("issued_on", "bientôt"), ("to", "2020-01-01"), ("from", "x"), ("need", "\x00")],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(willow: Crowd, field: str, given: str) -> None:
    answer = save(willow, **{field: given})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text or field == "need"
    assert TEXTS["next"] in answer.text
    assert kept(willow) == []


def test_the_most_that_a_number_may_be_is_said_as_the_language_writes_numbers(willow: Crowd) -> None:
    assert "de 0 à 100\u202f000." in save(willow, people="beaucoup").text


def test_a_field_that_comes_twice_is_refused(willow: Crowd) -> None:
    answer = willow.browser("Fay").post(address(willow, first=None, last=None), data={"need": ["Une", "Deux"]})
    assert answer.status_code == 422
    assert kept(willow) == []


def test_only_the_team_writes_and_others_find_nothing(willow: Crowd, app: Flask) -> None:
    willow.group("Oak")
    willow.leads("Gus", "Oak")
    willow.stewards("Sam")
    save(willow)
    before = kept(willow)[0].uid
    for name in ("Ana", "Gus", "Sam"):
        assert save(willow, name, need="Ailleurs.").status_code == 404
        assert willow.browser(name).post(address(willow, "/aside/end"), data={"version": before}).status_code == 404
    assert app.test_client().post(address(willow), data=TEXTS).status_code == 401
    assert [report.uid for report in kept(willow)] == [before]


def test_a_word_that_claims_too_much_is_pointed_out_with_its_reason_and_kept(willow: Crowd) -> None:
    save(willow, learning="Grâce à la danse, c’est prouvé.", need="En cas de pluie, rien ne change.")
    page = read(willow)
    words = page.split('id="words"')[1].split("</section>")[0]
    assert "« prouvé », dans « Ce que vous avez appris »." in words
    assert "Sans groupe de comparaison, écrivez plutôt « a été observé »." in words
    assert "« Grâce à »" in words
    assert "« cas »" not in words
    assert "Rien n’est refusé et rien n’est changé." in words
    assert "Grâce à la danse, c’est prouvé." in sheet(page)
    assert 'id="words"' not in sheet(page)


def test_an_honest_report_is_told_nothing(willow: Crowd) -> None:
    save(willow)
    assert 'id="words"' not in read(willow)


@pytest.mark.parametrize("funder", ["", *FUNDERS])
def test_the_kind_of_funder_changes_the_guidance_and_no_figure(willow: Crowd, funder: str) -> None:
    before = sheet(read(willow))
    empty = dict.fromkeys([*LENGTHS, *NUMBERS, "issued_on", "policy"], "")
    assert save(willow, **empty | {"funder": funder}).status_code == 303
    page = read(willow)
    assert sheet(page) == before
    assert f'name="funder" value="{funder}" checked' in page


def test_every_funder_has_its_own_guidance_in_the_form(willow: Crowd) -> None:
    page = read(willow)
    for funder in FUNDERS:
        assert page.count(f'data-funder="{funder}"') == 5
    assert "Cerfa 15059" in page
    assert page.count("N’écrivez ni nom, ni situation personnelle d’une personne du groupe.") >= 8


def test_texts_go_with_the_group_and_stay_when_who_typed_them_is_erased(willow: Crowd) -> None:
    save(willow)
    willow.erased("Fay")
    assert TEXTS["need"] in sheet(read(willow, name="Flo"))
    with willow.app.app_context(), transaction():
        db.session.query(Group).filter_by(id=willow.groups["Willow"].id).delete()
    assert kept(willow) == []


@pytest.mark.parametrize("wrong", [{"funder": "nobody"}, {"budget": -1}, {"ends_on": date(2020, 1, 1)}])
def test_the_table_refuses_what_no_form_would_send(willow: Crowd, wrong: dict[str, object], clock: Clock) -> None:
    values = dict.fromkeys(LENGTHS, "") | {"funder": "", "policy": False, "starts_on": FIRST, "ends_on": LAST} | wrong
    with willow.app.app_context(), pytest.raises(IntegrityError), transaction():
        db.session.add(Report(uid="a" * 32, group_id=willow.groups["Willow"].id, saved_at=clock.now, **values))
