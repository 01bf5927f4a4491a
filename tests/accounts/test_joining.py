"""Somebody joins a group: six taps, a pseudonym, seven words; no name, nothing ticked in advance."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import CANARY, Cast
from wellbeing.db import db
from wellbeing.models.consent import Consent
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person


def people(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count(Person.id))) or 0


def phrase_on(body: str) -> str:
    found = re.search(r'data-phrase="([^"]+)"', body)
    assert found, "the page shows no phrase"
    return found[1]


def joining(cast: Cast, **fields: str) -> dict[str, str]:
    return {
        "code": cast.codes["Willow"],
        "pseudonym": f"Galet {CANARY}",
        "age_ok": "1",
        "consent_journal": "1",
        "op_id": str(uuid.uuid4()),
        **fields,
    }


def test_the_poster_leads_to_the_groups_name_and_next_date_and_joins_nobody(cast: Cast) -> None:
    before = people(cast)
    answer = cast.stranger().get(f"/join?code={cast.codes['Willow'].lower()}")
    assert answer.status_code == 200
    assert "Willow" in answer.text
    assert "jeudi 12 mars" in answer.text
    assert "Oak" not in answer.text
    assert people(cast) == before


def test_nothing_is_ticked_in_advance_and_a_pseudonym_is_suggested(cast: Cast) -> None:
    answer = cast.stranger().get(f"/join/choices?code={cast.codes['Willow']}")
    assert answer.text.count('type="checkbox"') == 5
    assert "checked" not in answer.text
    assert re.search(r'name="pseudonym" value="[^"]{4,}"', answer.text)


def test_somebody_joins_and_meets_seven_words_once(cast: Cast) -> None:
    client = cast.stranger()
    answer = client.post("/join", data=joining(cast))
    assert answer.status_code == 200
    phrase = phrase_on(answer.text)
    assert len(phrase.split()) == 7
    assert answer.text.count("<li>") >= 7
    home = client.get("/")
    assert home.status_code == 200
    assert phrase.split()[0] + " " + phrase.split()[1] not in home.text
    with cast.app.app_context():
        person = db.session.scalars(select(Person).order_by(Person.id.desc())).first()
        assert person is not None
        roles = [(m.role, m.group_id) for m in db.session.scalars(select(Membership).filter_by(person_id=person.id))]
        assert roles == [("participant", cast.groups["Willow"].id)]
        purposes = set(db.session.scalars(select(Consent.purpose).filter_by(person_id=person.id)))
        assert purposes == {"age_ok", "journal"}
        chosen = db.session.scalars(select(Contribution).filter_by(person_id=person.id)).one()
        assert chosen.from_atom > cast.now.date()
        assert chosen.from_atom.weekday() == 0
        assert CANARY.encode() not in person.pseudonym


def test_the_answer_lost_on_the_way_makes_no_second_person(cast: Cast) -> None:
    before = people(cast)
    form = joining(cast)
    first = phrase_on(cast.stranger().post("/join", data=form).text)
    again = cast.stranger()
    second = phrase_on(again.post("/join", data=form).text)
    assert people(cast) == before + 1
    assert first != second
    assert cast.stranger().post("/sign-in", data={"phrase": first}).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": second}).status_code == 303
    assert again.get("/settings").status_code == 200


@pytest.mark.parametrize("after", ["/sign-out", "/settings", "/sign-in"])
def test_the_joining_form_opens_nothing_once_its_answer_is_known_to_have_come(cast: Cast, after: str) -> None:
    before, form, phone = people(cast), joining(cast), cast.stranger()
    phrase = phrase_on(phone.post("/join", data=form).text)
    phone.post(after, data={"locale": "fr", "phrase": phrase})
    finder = cast.stranger()
    refused = finder.post("/join", data=form)
    assert refused.status_code == 422
    assert "Ce formulaire a déjà servi." in refused.text
    assert finder.get("/settings").status_code == 303
    assert finder.post("/invitations/nonsense", data=form).status_code == 404
    assert cast.stranger().post("/sign-in", data={"phrase": phrase}).status_code == 303
    assert people(cast) == before + 1


def test_the_joining_form_opens_nothing_after_ten_minutes(cast: Cast, clock: Any) -> None:
    form = joining(cast)
    phrase = phrase_on(cast.stranger().post("/join", data=form).text)
    clock.advance(minutes=10)
    assert cast.stranger().post("/join", data=form).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": phrase}).status_code == 303


def test_somebody_under_fifteen_gets_no_account_and_keeps_what_they_typed(cast: Cast) -> None:
    before = people(cast)
    answer = cast.stranger().post("/join", data=joining(cast, age_ok="", pseudonym="Fougère du soir"))
    assert answer.status_code == 422
    assert "Avant 15 ans" in answer.text
    assert "Fougère du soir" in answer.text
    assert people(cast) == before


@pytest.mark.parametrize("code", ["ZZZZ-ZZZZ", "", "bonjour", "Ω" * 8, "0" * 400, "A\x00B"])
def test_a_code_that_opens_nothing_is_said_so_and_stays_in_the_field(cast: Cast, code: str) -> None:
    before = people(cast)
    answer = cast.stranger().post("/join", data=joining(cast, code=code))
    assert answer.status_code == 422
    assert "Ce code n’ouvre rien." in answer.text
    assert people(cast) == before
    if code == "bonjour":
        assert 'value="bonjour"' in answer.text
        assert 'aria-invalid="true" autofocus' in answer.text


@pytest.mark.parametrize("pseudonym", ["", "   ", "x" * 121, "a\x00b", "\u202e"])
def test_a_pseudonym_that_cannot_be_kept_is_refused_with_a_sentence(cast: Cast, pseudonym: str) -> None:
    before = people(cast)
    answer = cast.stranger().post("/join", data=joining(cast, pseudonym=pseudonym))
    assert answer.status_code == 422
    assert 'id="pseudonym-error"' in answer.text
    assert people(cast) == before


def test_an_answer_sent_twice_in_one_form_is_refused(cast: Cast) -> None:
    before = people(cast)
    fields = [*joining(cast).items(), ("pseudonym", "Un autre")]
    body = "&".join(f"{name}={value}" for name, value in fields)
    answer = cast.stranger().post("/join", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "deux fois" in answer.text
    assert f'value="Galet {CANARY}"' in answer.text
    assert people(cast) == before


def test_another_content_type_is_not_read(cast: Cast) -> None:
    assert cast.stranger().post("/join", json=joining(cast)).status_code == 415


def test_somebody_who_has_an_account_joins_another_group_with_one_tap(cast: Cast) -> None:
    before = people(cast)
    ana = cast.browser("Ana")
    answer = ana.post("/join", data={"code": cast.codes["Oak"]})
    assert answer.status_code == 303
    assert answer.location.endswith(cast.groups["Oak"].uid)
    again = ana.post("/join", data={"code": cast.codes["Oak"]})
    assert again.location.endswith("?said=join.already")
    assert people(cast) == before
    with cast.app.app_context():
        rows = db.session.scalars(select(Contribution).filter_by(person_id=cast.person("Ana").id)).all()
        assert [row.group_id for row in rows] == [cast.groups["Willow"].id], "a second group changes no choice"


def test_the_language_button_takes_nobody_away_from_what_shows_once(cast: Cast) -> None:
    shown = cast.stranger().post("/join", data=joining(cast))
    assert 'action="/locale"' not in shown.text
    refused = cast.stranger().post("/join", data=joining(cast, age_ok=""))
    assert 'action="/locale"' not in refused.text
    address = f"/join/choices?code={cast.codes['Willow']}"
    assert f'name="next" value="{address}"' in cast.stranger().get(address).text


def test_a_code_that_is_no_code_is_not_counted_as_a_guess(cast: Cast, tight: FlaskClient) -> None:
    for _ in range(30):
        tight.get("/join?code=bonjour")
        tight.get("/join/choices")
    assert tight.get(f"/join?code={cast.codes['Willow']}").status_code == 200


def test_guessing_join_codes_is_slowed_down(cast: Cast, tight: FlaskClient) -> None:
    for _ in range(20):
        assert tight.get("/join?code=ZZZZZZZZ").status_code == 422
    refused = tight.get(f"/join?code={cast.codes['Willow']}")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Beaucoup d’essais." in refused.text


def test_the_journey_is_told_in_english_to_who_reads_english(cast: Cast) -> None:
    answer = cast.stranger().get(f"/join?code={cast.codes['Willow']}", headers={"Accept-Language": "en"})
    assert "Next session: Thursday 12 March, 7:00\u00a0pm" in answer.text
    assert '<html lang="en">' in answer.text


def test_a_contribution_begins_at_the_next_two_week_boundary(cast: Cast, now: datetime) -> None:
    with cast.app.app_context():
        row = db.session.scalars(select(Contribution).filter_by(person_id=cast.person("Ben").id)).one()
    assert timedelta(0) < row.from_atom - now.date() <= timedelta(days=14)
