"""What one's notes tell: from three sessions, in words, with how it was counted, and never of anybody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import CANARY
from tests.insights.season import Felt, Season
from tests.journal.record import rows
from tests.streak.lives import words
from tests.sync.phone import Phone
from tests.workshops.presences import cancel

WAITING = "À partir de 3 séances notées avant et après, un résumé paraîtra ici."
METHOD = "différences entre après et avant. C’est une corrélation, pas une preuve."
EVERYBODY_ELSE = ("Ben", "Fay", "Gus", "Sam")


def table(page: str, caption: str) -> dict[str, list[str]]:
    """The rows of the table with this caption, by their headings."""
    found = next(one for one in re.findall(r"(?s)<table.*?</table>", page) if f"<caption>{caption}</caption>" in one)
    body = found[found.index("<tbody>") :]
    return {
        words(row[0]).strip(): [words(cell).strip() for cell in re.findall(r"(?s)<td.*?</td>", row[1])]
        for row in re.findall(r'(?s)<tr><th scope="row">(.*?)</th>(.*?)</tr>', body)
    }


# --- before and after -------------------------------------------------------------------------------------------------
def test_two_sessions_say_nothing_yet(season: Season) -> None:
    season.told([(2, 4), (2, 4)])
    said = season.said()
    assert WAITING in said
    assert METHOD not in said


@pytest.mark.parametrize(
    ("moods", "sentence"),
    [
        ([(2, 4), (3, 4), (4, 4)], "Le plus souvent, l’humeur est plus haute après."),
        ([(3, 3), (3, 3), (3, 4), (3, 4)], "Le plus souvent, l’humeur est plus haute après."),
        ([(3, 3), (3, 4), (4, 3)], "Le plus souvent, l’humeur est la même avant et après."),
        ([(4, 2), (3, 2), (4, 5)], "Le plus souvent, l’humeur est plus basse après. Un atelier peut aussi remuer."),
    ],
)
def test_three_sessions_are_summed_up_with_how_it_was_counted(season: Season, moods: list[Felt], sentence: str) -> None:
    season.told([*moods, (1, None), (None, 5)])
    said = season.said()
    assert f"Danse\u00a0: {len(moods)} séances notées avant et après." in said
    assert sentence in said
    assert f"Le milieu de vos {len(moods)} {METHOD}" in said
    assert WAITING not in said


@pytest.mark.parametrize(
    ("calm", "sentence"),
    [
        ((2, 4), "Le plus souvent, plus de calme après."),
        ((3, 3), "Le plus souvent, autant de calme avant qu’après."),
        ((4, 2), "Le plus souvent, plus de tension après."),
    ],
)
def test_calm_is_told_the_same_way(season: Season, calm: Felt, sentence: str) -> None:
    season.told([(3, 4)] * 3, [calm] * 3)
    said = season.said()
    assert sentence in said
    assert said.count(METHOD) == 1  # the same three sessions


def test_each_scale_says_how_many_sessions_it_was_counted_from(season: Season) -> None:
    season.told([(3, 4)] * 5, [(2, 4)] * 3)
    said = season.said()
    assert "Danse\u00a0: 5 séances notées avant et après." in said
    assert f"Le milieu de vos 5 {METHOD}" in said
    assert f"Le milieu de vos 3 {METHOD}" in said


def test_the_table_holds_what_the_drawing_shows(season: Season) -> None:
    season.told([(2, 4), (3, 4), (3, 5)])
    found = table(season.page(), "Danse\u00a0: l’humeur, en nombre de séances")
    assert found == {
        "très difficile": ["–", "–"],
        "difficile": ["1", "–"],
        "moyen": ["2", "–"],
        "bien": ["–", "2"],
        "très bien": ["–", "1"],
    }


def test_kinds_of_workshop_are_kept_apart_and_a_group_that_was_left_still_counts(season: Season) -> None:
    season.cast.group("Alder", activity="art")
    season.also_in("Alder")
    season.told([(4, 2)] * 3, group="Alder")
    season.told([(2, 4)] * 4)
    assert season.cast.browser("Ana").post(f"/groups/{season.cast.groups['Alder'].uid}/membership/end").status_code
    said = season.said()
    dance, art = said.index("Danse\u00a0: 4 séances"), said.index("Arts plastiques\u00a0: 3 séances")
    assert dance < said.index("plus haute après") < art < said.index("plus basse après")


def test_a_session_that_was_cancelled_afterwards_does_not_count(season: Season) -> None:
    first, *_ = season.told([(2, 4)] * 3)
    cancel(season.cast, first, season.clock.now)
    assert WAITING in season.said()


def test_what_was_said_once_may_be_corrected_and_is_counted_as_it_stands(season: Season) -> None:
    *_, last = season.told([(2, 4)] * 3)
    season.cast.browser("Ana").put(f"/workshops/{last.uid}/after", data={"mood": ""})
    assert WAITING in season.said()


# --- words and weeks --------------------------------------------------------------------------------------------------
def test_words_wait_for_five_notes_and_then_the_most_frequent_are_said(season: Season) -> None:
    for _ in range(4):
        season.note(4, "joy", "trust")
    assert "Vos mots les plus fréquents" not in season.said()
    season.note(2, "stress", "trust")
    said, page = season.said(), season.page()
    assert "Vos mots les plus fréquents\u00a0: confiance, joie, stress." in said
    assert "Comptés dans vos 5 notes avec des mots depuis un an." in said
    assert table(page, "Vos mots, en nombre de notes") == {"confiance": ["5"], "joie": ["4"], "stress": ["1"]}
    assert WAITING in said


def test_words_of_more_than_a_year_ago_are_let_go(season: Season) -> None:
    for ago in (380, 300, 200, 100, 0):
        season.note(4, "joy", ago=timedelta(days=ago))
    assert "Vos mots" not in season.said()
    season.note(4, "trust")
    assert table(season.page(), "Vos mots, en nombre de notes") == {"joie": ["4"], "confiance": ["1"]}


def test_weeks_with_and_without_a_session_are_told_from_three_on_each_side(season: Season) -> None:
    for _ in range(3):
        season.evening((None, 3))
        season.note(4)
    season.weeks([2, 2, 3])
    assert "Semaines avec séance" not in season.said()  # the third week without is not over
    season.clock.advance(weeks=1)
    said = season.said()
    assert "Semaines avec séance, en général\u00a0: bien. Semaines sans\u00a0: difficile." in said
    assert "depuis un an, sur 3 semaines avec séance et 3 sans. C’est une corrélation, pas une preuve." in said
    found = table(season.page(), "Les jours notés, selon la semaine")
    assert (found["bien"], found["difficile"], found["moyen"]) == (["3", "–"], ["–", "2"], ["–", "1"])


def test_the_last_weeks_show_gaps_where_nothing_was_noted(season: Season) -> None:
    season.weeks([4, 2])
    assert "Vos dernières semaines" not in season.said()
    season.clock.advance(weeks=3)
    season.note(3)
    said, page = season.said(), season.page()
    assert "Des notes dans 3 semaines sur 12. En général\u00a0: moyen." in said
    found = list(table(page, "Semaine par semaine").values())
    assert len(found) == 12
    assert [row[0] for row in found[-6:]] == ["–", "bien", "difficile", "–", "–", "moyen"]
    assert found[-2] == ["–", "–", "–"]


def test_a_note_ahead_of_its_day_waits(season: Season) -> None:
    """A phone whose clock is wrong may send one."""
    phone = Phone(season.cast)
    ahead = {"felt_at": "2026-04-01T19:00:00+02:00", "local_date": "2026-04-01"}
    assert phone.first(phone.create(3, **ahead))["warnings"] == ["future"]
    season.weeks([4, 2])
    assert "Vos dernières semaines" not in season.said()
    season.clock.advance(weeks=1)
    assert "Des notes dans 3 semaines sur 12. En général\u00a0: moyen." in season.said()


def test_words_and_sessions_come_first_and_weeks_last(season: Season) -> None:
    for _ in range(3):
        season.evening((2, 4))
        season.note(2, "joy")
    season.weeks([4, 4, 4])
    for _ in range(2):
        season.note(3, "joy")
    season.clock.advance(weeks=1)
    page = season.page()
    order = [page.index(f'id="card-{key}"') for key in ("words", "dance", "weeks", "lately")]
    assert order == sorted(order)
    for figure in re.findall(r"(?s)<figure.*?</figure>", page):
        assert figure.count('aria-hidden="true"') >= 2
        assert figure.index("<svg") < figure.index("Voir en tableau") < figure.index("<caption>")


# --- nothing yet, and nobody else -------------------------------------------------------------------------------------
def test_a_person_with_nothing_meets_a_kind_sentence(season: Season) -> None:
    said = season.said("Ben")
    assert "Ce que vos notes racontent, pour vous." in said
    assert WAITING in said


def test_whoever_has_not_agreed_to_a_journal_is_asked_and_comes_back_here(season: Season) -> None:
    season.cast.takes_part("Dee", "Willow", agreed=("age_ok",))
    assert "Pour noter une humeur, il faut votre accord pour l’enregistrer." in season.said("Dee")
    given = {"purpose": "journal", "given": "1", "next": "/insights"}
    answer = season.cast.browser("Dee").post("/settings/choices", data=given)
    assert answer.location.split("?")[0] == "/insights"
    assert WAITING in season.said("Dee")


def test_what_was_noted_stays_readable_when_the_agreement_is_taken_back(season: Season) -> None:
    season.told([(2, 4)] * 3)
    season.cast.browser("Ana").post("/settings/choices", data={"purpose": "journal", "given": ""})
    assert "l’humeur est plus haute après" in season.said()


def test_nobody_else_meets_any_of_it_and_no_title_or_log_says_it(
    season: Season, capsys: pytest.CaptureFixture[str]
) -> None:
    season.told([(2, 4)] * 3)
    for _ in range(5):
        season.note(2, "gratitude")
    assert "gratitude" in season.said()
    assert "plus basse après" in season.said("Cleo")  # the noise is there
    assert "vide" in season.said("Cleo")
    for name in EVERYBODY_ELSE:
        page = season.page(name)
        assert not re.search("gratitude|plus haute après|plus basse après|vide,|<figure", page)
    page = season.page()
    assert not re.search(f"plus basse après|vide|{CANARY}|Willow|Cleo", page)
    assert re.findall("<title>(.*)</title>", page) == ["Ce que ça me fait – Le fil"]
    assert season.cast.browser("Ana").get("/insights").headers["Cache-Control"] == "no-store"
    assert not re.search(f"gratitude|haute|{CANARY}", capsys.readouterr().out)


def test_who_leads_a_group_has_this_page_about_themselves(season: Season) -> None:
    for _ in range(5):
        season.note(4, "curiosity", name="Fay")
    season.told([(2, 4)] * 3)
    said = season.said("Fay")
    assert "Vos mots les plus fréquents\u00a0: curiosité." in said
    assert WAITING in said


def test_a_visitor_signs_in_first_and_nothing_can_be_sent_here(season: Season) -> None:
    assert season.cast.stranger().get("/insights").location == "/sign-in?next=/insights"
    before = rows(season.cast.app, "SELECT * FROM reflection ORDER BY person_id, workshop_id")
    for send in ("post", "put", "delete"):
        assert getattr(season.cast.browser("Ana"), send)("/insights").status_code == 405
    season.page()
    assert rows(season.cast.app, "SELECT * FROM reflection ORDER BY person_id, workshop_id") == before


def test_it_is_said_in_english_too(season: Season) -> None:
    season.told([(2, 4)] * 3, [(4, 2)] * 3)
    season.cast.browser("Ana").post("/settings", data={"locale": "en"})
    said = season.said()
    assert "Dance: 3 sessions noted before and after." in said
    assert "Most often, your mood is higher after." in said
    assert "Most often, more tension after." in said
    assert "The middle of your 3 differences between after and before. A correlation, not proof." in said


def test_it_is_one_tap_from_the_notes_the_sessions_and_what_was_just_said(season: Season) -> None:
    (workshop,) = season.told([(2, 4)])
    season.clock.advance(days=20)
    ana = season.cast.browser("Ana")
    for address in ("/journal", "/workshops", f"/workshops/{workshop.uid}/after?saved=1"):
        assert 'href="/insights"' in ana.get(address).text, address


def test_a_day_counts_where_it_was_lived(season: Season) -> None:
    """Half past one in the night of Sunday to Monday is still Sunday’s week, in Paris as in Auckland."""
    for zone in ("Europe/Paris", "Pacific/Auckland"):
        season.cast.browser("Ben").post("/settings", data={"timezone": zone})
        season.note(3, name="Ben")
        season.clock.advance(weeks=1)
    monday = (season.clock.now + timedelta(days=5)).date()  # the Monday after a Wednesday
    moment = {"op_id": "3f2b8a52-6f0f-4d58-9f0e-0f3f6d1f1a11", "mood": 5, "felt_at": f"{monday}T01:30:00+12:00"}
    season.clock.advance(days=9)
    assert season.cast.browser("Ben").post("/journal", data=moment).status_code == 303
    found = list(table(season.page("Ben"), "Semaine par semaine").values())
    assert [row[:2] for row in found[-4:]] == [["moyen", "1"], ["moyen", "1"], ["très bien", "1"], ["–", "–"]]
