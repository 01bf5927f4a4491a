"""A check-up is offered to whoever agreed, answered on one page, and kept for its person alone."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.check_ups.record import REPERES, agrees, check_up, kept, lonely, main_of, reperes, wants
from tests.clock import Clock
from tests.streak.lives import words

READY = "Un point d’étape est prêt\u00a0: 1 question."
HELP = "Parler à quelqu’un, si vous le souhaitez"


# --- offered ----------------------------------------------------------------------------------------------------------
def test_whoever_did_not_agree_is_asked_nothing_and_finds_the_way_to_agree(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok", "journal"))
    dora = cast.browser("Dora")
    assert "point d’étape" not in words(main_of(cast, "/", "Dora"))
    page = words(main_of(cast, "/check-ups", "Dora"))
    assert "Je veux bien répondre à de courtes questions" in page
    assert "Solitude" not in page
    assert dora.get("/check-ups/ons_lonely").location == "/check-ups"
    said = {"item_lonely": "3", "op_id": str(uuid.uuid4())}
    assert dora.post("/check-ups/ons_lonely", data=said).location == "/check-ups"
    assert kept(cast) == []
    gave = dora.post("/settings/choices", data={"purpose": "checkups", "given": "1", "next": "/check-ups"})
    assert gave.location == "/check-ups"
    assert READY in words(main_of(cast, "/check-ups", "Dora"))


def test_today_says_in_one_line_what_waits_for_fourteen_days_and_then_nothing(cast: Cast, clock: Clock) -> None:
    assert READY in words(main_of(cast, "/"))
    clock.advance(days=13)
    assert READY in words(main_of(cast, "/"))
    clock.advance(days=1)
    assert "point d’étape" not in words(main_of(cast, "/"))
    page = words(main_of(cast, "/check-ups"))
    assert "Aucun point d’étape en attente." in page
    assert "Prochain point d’étape vers le 3 juin." in page
    clock.advance(days=70)
    assert READY in words(main_of(cast, "/"))


def test_the_other_sets_wait_for_a_switch_of_their_own(cast: Cast) -> None:
    page = words(main_of(cast, "/check-ups"))
    assert page.count("Me le proposer") == 2
    assert page.count("Ne plus me le proposer") == 1
    wants(cast, "reperes5")
    wants(cast, "lien3")
    assert "Un point d’étape est prêt\u00a0: 9 questions." in words(main_of(cast, "/"))
    wants(cast, "reperes5", wanted="")
    wants(cast, "ons_lonely", wanted="")
    assert "Un point d’étape est prêt\u00a0: 3 questions." in words(main_of(cast, "/"))
    assert "point d’étape est prêt" in words(main_of(cast, "/", "Ben"))


def test_a_set_that_does_not_exist_is_not_found(cast: Cast) -> None:
    ana = cast.browser("Ana")
    for name in ("who5", "..", "answers"):
        assert ana.get(f"/check-ups/{name}").status_code == 404
        for part in ("", "/pass", "/wish"):
            assert ana.post(f"/check-ups/{name}{part}", data={}).status_code == 404


def test_a_visitor_is_led_to_sign_in(cast: Cast) -> None:
    stranger = cast.stranger()
    assert stranger.get("/check-ups").location == "/sign-in?next=/check-ups"
    for part in ("", "/pass", "/wish"):
        assert stranger.post(f"/check-ups/ons_lonely{part}", data={"item_lonely": "1"}).status_code == 401


# --- answered ---------------------------------------------------------------------------------------------------------
def test_all_questions_stand_on_one_page_each_with_a_way_to_pass(cast: Cast) -> None:
    wants(cast, "reperes5")
    page = main_of(cast, "/check-ups/reperes5")
    assert page.count("<fieldset") == page.count("Je passe</span>") == 5
    said = words(page)
    for sentence in (
        *("Ces deux dernières semaines…", "J’ai pu me reposer.", "très souvent", HELP, "Je passe cette fois"),
        "Pour vous seulement. N’entre dans aucune tendance, aucun bilan.",
        "Ce repère n’est pas un diagnostic.",
        "Elles n’ont pas été validées et ne se comparent pas au WHO-5.",
    ):
        assert sentence in said


def test_what_is_answered_is_kept_encrypted_and_said_back(cast: Cast) -> None:
    wants(cast, "reperes5")
    reperes(cast, 1, 2, 3, 4, 3)
    page = words(main_of(cast, "/check-ups/reperes5"))
    assert "C’est noté. Prochain point d’étape vers le 8 avril." in page
    assert "Le 11 mars 2026\u00a0: 65\u00a0sur\u00a0100." in page
    assert page.rstrip().endswith(HELP)
    (row,) = kept(cast)
    assert (row.instrument, row.version, str(row.taken_on)) == ("reperes5", "1", "2026-03-11")
    assert not [sign for sign in (b"item", b"{", b'1"') if sign in bytes(row.answers)[13:20]]
    assert len(bytes(row.answers)) > 29


@pytest.mark.parametrize("answer", ["1", "5"])
def test_help_follows_whatever_the_answer_in_the_same_words(cast: Cast, answer: str) -> None:
    lonely(cast, answer=answer)
    page = main_of(cast, "/check-ups/ons_lonely")
    assert f'<a class="alone" href="/help/fr" rel="noreferrer">{HELP}</a>' in page
    assert "Question de l’Office for National Statistics" in words(page)
    assert words(page).count("souvent ou toujours") == (2 + 1 if answer == "1" else 1)


def test_a_passed_question_leaves_the_others_and_gives_no_point(cast: Cast) -> None:
    wants(cast, "reperes5")
    check_up(cast, "reperes5", {**REPERES, "item_4": ""})
    page = words(main_of(cast, "/check-ups/reperes5"))
    assert "Réponses gardées. Il faut répondre aux 5 questions pour un point sur la courbe." in page
    assert "réponses gardées, sans point" in page
    assert "sur\u00a0100" not in page
    assert len(kept(cast)) == 1


def test_passing_every_question_is_passing_this_time(cast: Cast, clock: Clock) -> None:
    wants(cast, "reperes5")
    for pack, said in (("reperes5", dict.fromkeys(REPERES, "")), ("ons_lonely/pass", {})):
        assert cast.browser("Ana").post(f"/check-ups/{pack}", data=said).status_code == 303
    assert kept(cast) == []
    assert "point d’étape" not in words(main_of(cast, "/"))
    clock.advance(days=28)
    assert "Un point d’étape est prêt\u00a0: 5 questions." in words(main_of(cast, "/"))


def test_stopping_on_the_page_of_the_questions_stops_it(cast: Cast, clock: Clock) -> None:
    page = main_of(cast, "/check-ups/ons_lonely")
    assert 'formaction="/check-ups/ons_lonely/wish"' in page
    wants(cast, "ons_lonely", wanted="")
    clock.advance(days=400 // 8)
    assert "point d’étape est prêt" not in words(main_of(cast, "/"))


@pytest.mark.parametrize("said", [{}, {"item_lonely": "9"}, {"item_lonely": "-1"}, {"item_lonely": "often"}])
def test_no_answer_and_an_answer_that_is_none_are_refused_in_words(cast: Cast, said: dict[str, str]) -> None:
    answer = cast.browser("Ana").post("/check-ups/ons_lonely", data=said)
    assert answer.status_code == 422
    assert "Choisissez une réponse, ou touchez «\u00a0Je passe\u00a0»." in answer.text
    assert 'aria-describedby="item_lonely-error"' in answer.text
    assert kept(cast) == []


def test_what_was_chosen_stays_when_something_else_is_refused(cast: Cast) -> None:
    wants(cast, "reperes5")
    answer = cast.browser("Ana").post("/check-ups/reperes5", data={**REPERES, "item_2": "9"})
    assert answer.status_code == 422
    assert answer.text.count('value="3" checked') == 4
    assert answer.text.count('class="error"') == 1


def test_a_form_sent_twice_is_one_check_up_and_a_second_form_is_told_so(cast: Cast) -> None:
    said = {"op_id": str(uuid.uuid4()), "item_lonely": "4"}
    ana = cast.browser("Ana")
    for _ in range(3):
        assert ana.post("/check-ups/ons_lonely", data=said).status_code == 303
    again = ana.post("/check-ups/ons_lonely", data={**said, "op_id": str(uuid.uuid4())})
    assert again.status_code == 422
    assert "Ce point d’étape n’attend pas de réponse. Rien n’a changé." in again.text
    assert len(kept(cast)) == 1
    assert cast.browser("Ben").post("/check-ups/ons_lonely", data=said).status_code == 303  # a stranger's name is free
    assert len(kept(cast)) == 2


def test_english_asks_the_published_question(cast: Cast) -> None:
    cast.takes_part("Edith", "Willow", locale="en")
    page = words(main_of(cast, "/check-ups/ons_lonely", "Edith"))
    assert "How often do you feel lonely?" in page
    assert "Question by the Office for National Statistics (United Kingdom), Open Government Licence v3.0." in page
    assert "A check-up is ready: 1 question." in words(main_of(cast, "/", "Edith"))
    assert "Talk to someone, if you wish" in page


# --- the curve --------------------------------------------------------------------------------------------------------
def lived(cast: Cast, clock: Clock, *answers: int | None) -> str:
    """Repères-5 every four weeks, each item answered alike; None: passed by."""
    wants(cast, "reperes5")
    for answer in answers:
        if answer is not None:
            reperes(cast, *[answer] * 5)
        clock.advance(days=28)
    return main_of(cast, "/check-ups/reperes5")


def test_points_are_joined_but_not_across_an_empty_date(cast: Cast, clock: Clock) -> None:
    page = lived(cast, clock, 1, 2, None, 3, 3)
    assert page.count("curve-dot") == 4
    assert page.count("curve-join") == 2
    assert page.index("<h2") < page.index('class="say"') < page.index("<svg viewBox") < page.index("<table")


def test_less_than_ten_apart_is_about_the_same_and_more_is_left_to_the_eye(cast: Cast, clock: Clock) -> None:
    assert "À peu près pareil que la fois d’avant." in words(lived(cast, clock, 2, 2))
    other = words(lived(cast, clock, 4))
    assert "pareil" not in other
    for word in ("hausse", "baisse", "mieux", "moins bien", "élevé", "faible", "score"):
        assert word not in other


def test_a_mean_is_said_between_words_and_never_as_a_decimal(cast: Cast) -> None:
    wants(cast, "lien3")
    check_up(cast, "lien3", {"item_1": "3", "item_2": "4", "item_3": "4"})
    page = words(main_of(cast, "/check-ups/lien3"))
    assert "entre «\u00a0moyennement\u00a0» et «\u00a0beaucoup\u00a0»" in page
    assert "3," not in page
    assert "11" not in page.replace("11 mars", "")


def test_the_simple_version_keeps_the_sentence_and_leaves_the_drawing(cast: Cast) -> None:
    lonely(cast)
    cast.browser("Ana").post("/display", data={"simple": "1"})
    page = main_of(cast, "/check-ups/ons_lonely")
    assert "Le 11 mars 2026\u00a0: presque jamais." in words(page)
    assert "<svg viewBox" not in page
    assert "<table" in page


def test_what_two_people_answer_is_never_seen_by_the_other(cast: Cast) -> None:
    wants(cast, "reperes5")
    before = main_of(cast, "/check-ups", "Ben")
    reperes(cast, 4, 4, 4, 4, 4)
    lonely(cast)
    assert main_of(cast, "/check-ups", "Ben") == before


def test_it_waits_on_the_persons_own_date(cast: Cast, clock: Clock) -> None:
    """Far west the day is still the one before."""
    cast.takes_part("Wes", "Willow", zone="Pacific/Honolulu", at=cast.now - timedelta(hours=9))
    lonely(cast, "Wes")
    assert str(kept(cast)[0].taken_on) == "2026-03-11"
    clock.advance(hours=12)  # 20:00 there, the 12th in Paris
    agrees(cast, "1", "Wes")
    assert "11 mars 2026" in words(main_of(cast, "/check-ups/ons_lonely", "Wes"))
