"""Somebody joins in the simple version: one choice a screen, neither answer chosen, nothing kept before the last."""

from __future__ import annotations

import html
import re
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.accounts.test_joining import people
from tests.cast import CANARY, Cast
from wellbeing.db import db
from wellbeing.models.consent import Consent
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person

QUESTIONS = {
    "age_ok": "J’ai 15 ans ou plus.",
    "consent_journal": "Nous gardons vos notes sur un ordinateur, avec votre surnom. D’accord\u202f?",
    "consent_trends": (
        "L’équipe peut voir comment va le groupe. Elle ne voit jamais comment vous allez. D’accord\u202f?"
    ),
}


@pytest.fixture
def phone(cast: Cast) -> FlaskClient:
    """A phone that somebody was handed, in the simple version."""
    phone = cast.stranger()
    phone.post("/display", data={"simple": "1"})
    return phone


def heading(answer: TestResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    assert found
    return html.unescape(found[1]).strip()


def carried(answer: TestResponse, form: int = 0) -> tuple[str, dict[str, str]]:
    """Where the page's form leads, and what it holds before anything is pressed. The second form is the way back."""
    main = answer.text.split("<main")[1].split("</main>")[0]
    action, body = re.findall(r'<form[^>]* action="([^"]+)">(.*?)</form>', main, re.DOTALL)[form]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', body)
    return action, {name: html.unescape(value) for name, value in hidden}


def press(phone: FlaskClient, answer: TestResponse, **pressed: str) -> TestResponse:
    action, fields = carried(answer)
    return phone.post(action, data=fields | pressed)


def go_back(phone: FlaskClient, answer: TestResponse) -> TestResponse:
    action, fields = carried(answer, 1)
    return phone.post(action, data=fields)


def handed_over(phone: FlaskClient, cast: Cast) -> TestResponse:
    return phone.get(f"/join/choices?code={cast.codes['Willow']}")


def walked(phone: FlaskClient, cast: Cast, *answers: str) -> TestResponse:
    """The screen after these answers, `1` for yes and nothing for no."""
    screen = press(phone, handed_over(phone, cast))
    for question, answer in zip(QUESTIONS, answers, strict=False):
        screen = press(phone, screen, **{question: answer})
    return screen


def test_the_phone_is_handed_back_on_a_screen_with_one_button(phone: FlaskClient, cast: Cast) -> None:
    screen = handed_over(phone, cast)
    assert heading(screen) == "À vous maintenant. Personne d’autre ne regarde."
    assert screen.text.split("<main")[1].split("</main>")[0].count("<button") == 1


def test_each_choice_is_a_screen_with_yes_and_no_alike_and_neither_chosen(phone: FlaskClient, cast: Cast) -> None:
    screen = walked(phone, cast)
    for question, words in QUESTIONS.items():
        assert screen.status_code == 200
        assert heading(screen) == words
        buttons = re.findall(rf'<button class="([^"]+)" name="{question}" value="(1?)"', screen.text)
        assert [value for _, value in buttons] == ["1", ""]
        assert len({look for look, _ in buttons}) == 1
        assert "checked" not in screen.text
        assert "autofocus" not in screen.text
        assert "Responsable" in screen.text, "who keeps what is said before it is agreed to"
        screen = press(phone, screen, **{question: "1"})
    assert heading(screen) == "Vous allez recevoir 7 mots."
    assert "Sans ces 7 mots, personne ne peut rouvrir votre journal. Nous non plus." in screen.text


def test_nothing_is_kept_before_the_last_button_and_then_what_was_answered(phone: FlaskClient, cast: Cast) -> None:
    before = people(cast)
    screen = walked(phone, cast, "1", "1", "")
    assert people(cast) == before
    answer = press(phone, screen)
    assert "data-phrase" in answer.text
    assert "Voici 7 mots. Ils ouvrent votre journal. Gardez-les sur un papier." in answer.text
    assert people(cast) == before + 1
    with cast.app.app_context():
        person = db.session.scalars(select(Person).order_by(Person.id.desc())).first()
        assert person is not None
        assert person.simple
        consents = db.session.scalars(select(Consent).filter_by(person_id=person.id)).all()
        assert {consent.purpose for consent in consents} == {"age_ok", "journal"}
        (journal,) = (consent for consent in consents if consent.purpose == "journal")
        assert journal.text_hash == sha256(QUESTIONS["consent_journal"].encode()).hexdigest(), "the text they saw"
        groups = db.session.scalars(select(Membership.group_id).filter_by(person_id=person.id)).all()
        assert groups == [cast.groups["Willow"].id]
    assert "data-simple" in phone.get("/").text


def test_the_pseudonym_suggested_is_kept_and_can_be_changed_later(phone: FlaskClient, cast: Cast) -> None:
    screen = walked(phone, cast, "1", "", "")
    suggested = carried(screen)[1]["pseudonym"]
    assert len(suggested) > 3
    press(phone, screen)
    assert f'value="{html.escape(suggested)}"' in phone.get("/settings").text


def test_before_fifteen_there_is_no_account_and_the_answer_can_be_changed(phone: FlaskClient, cast: Cast) -> None:
    before = people(cast)
    refused = walked(phone, cast, "")
    assert refused.status_code == 422
    assert heading(refused) == QUESTIONS["age_ok"]
    assert "Avant 15 ans, il faut aussi l’accord d’un parent." in refused.text
    assert 'aria-describedby="question refusal" autofocus' in refused.text
    assert heading(press(phone, refused, age_ok="1")) == QUESTIONS["consent_journal"]
    assert people(cast) == before


def test_an_age_that_is_missing_at_the_end_is_asked_for_and_the_other_answers_are_kept(
    phone: FlaskClient, cast: Cast
) -> None:
    before = people(cast)
    fields = {"code": cast.codes["Willow"], "pseudonym": f"Galet {CANARY}"}
    refused = phone.post("/join", data=fields | {"consent_journal": "1", "consent_trends": "0"})
    assert refused.status_code == 422
    assert carried(refused)[1] == fields | {"consent_journal": "1", "consent_trends": ""}
    assert heading(press(phone, refused, age_ok="1")).startswith("Vous allez recevoir")
    assert people(cast) == before


def test_a_second_thought_leads_one_screen_back_and_forgets_one_answer(phone: FlaskClient, cast: Cast) -> None:
    screen = walked(phone, cast, "1", "1", "1")
    for question in reversed(QUESTIONS):
        screen = go_back(phone, screen)
        assert heading(screen) == QUESTIONS[question]
    assert not {"age_ok", "consent_journal", "consent_trends"} & carried(screen)[1].keys()


def test_a_browser_may_keep_these_screens_for_its_back_button_and_they_name_nobody(
    phone: FlaskClient, cast: Cast
) -> None:
    for screen in (handed_over(phone, cast), walked(phone, cast, "1", "1", "1")):
        assert screen.headers["Cache-Control"] == "private, no-cache"
        assert "data-person" not in screen.text
    assert press(phone, screen).headers["Cache-Control"] == "no-store", "the seven words are kept by no browser"


def test_no_link_answers_for_whoever_follows_it(phone: FlaskClient, cast: Cast) -> None:
    link = f"/join/choices?code={cast.codes['Willow']}&age_ok=1&consent_journal=1&consent_trends=1"
    screen = phone.get(link)
    assert heading(screen).startswith("À vous maintenant")
    assert carried(screen)[1].keys() == {"code", "pseudonym"}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    sent = {"code": cast.codes["Willow"], "age_ok": "1", "consent_trends": "1"}
    assert phone.post("/join/choices", data=sent, headers=elsewhere).status_code == 403


def test_an_answer_sent_twice_is_asked_for_again(phone: FlaskClient, cast: Cast) -> None:
    body = f"code={cast.codes['Willow']}&age_ok=1&consent_journal=1&consent_journal=0"
    refused = phone.post("/join/choices", data=body, content_type="application/x-www-form-urlencoded")
    assert refused.status_code == 422
    assert heading(refused) == QUESTIONS["consent_journal"]
    assert "deux fois" in refused.text


def test_a_code_that_opens_nothing_opens_no_screen_either(phone: FlaskClient) -> None:
    refused = phone.post("/join/choices", data={"code": "ZZZZZZZZ", "age_ok": "1"})
    assert refused.status_code == 422
    assert "Ce code n’ouvre rien." in refused.text
    assert phone.get("/join/choices?code=ZZZZZZZZ").location == "/join"


def test_the_last_button_pressed_twice_makes_one_person(phone: FlaskClient, cast: Cast) -> None:
    before = people(cast)
    screen = walked(phone, cast, "1", "1", "1")
    action, fields = carried(screen)
    assert "data-phrase" in cast.stranger().post(action, data=fields).text
    assert "data-phrase" in phone.post(action, data=fields).text
    assert people(cast) == before + 1


def test_whoever_changed_their_mind_about_the_version_finds_their_answers_on_one_page(
    phone: FlaskClient, cast: Cast
) -> None:
    fields = carried(walked(phone, cast, "1", "1"))[1]
    phone.post("/display", data={"simple": ""})
    page = phone.post("/join/choices", data=fields | {"consent_trends": ""})
    assert heading(page) == "Vos choix"
    assert page.text.count(" checked") == 2


def test_in_the_ordinary_version_all_choices_stay_on_one_page(cast: Cast) -> None:
    assert handed_over(cast.stranger(), cast).text.count('type="checkbox"') == 5
