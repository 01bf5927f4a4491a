"""Opening and closing a journal: seven words, the same answer for unknown and wrong, an end on the server."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.cast import Cast
from wellbeing.accounts import phrases
from wellbeing.accounts.operations.wording import TRIES, new_phrase
from wellbeing.db import db, transaction
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn


def same_but_for_the_typed(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if 'id="phrase"' not in line)


def test_the_phrase_opens_the_journal_on_any_device_however_it_is_typed(cast: Cast) -> None:
    phrase = cast.people["Ana"].phrase
    shortened = "-".join(word[:5].upper() for word in phrases.canonical(phrase).split())  # type: ignore[union-attr]
    for typed in (phrase, phrase.upper(), phrases.canonical(phrase), shortened, f"  {phrase.replace(' ', ', ')} "):
        client = cast.stranger()
        assert client.post("/sign-in", data={"phrase": typed}).status_code == 303
        assert client.get("/settings").status_code == 200


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # a file has no million people, and a rule for it
def test_two_whose_phrases_begin_alike_both_sign_in(cast: Cast) -> None:
    """There are four million beginnings."""
    anas = str(phrases.canonical(cast.people["Ana"].phrase)).split()
    bens = " ".join([*anas[:2], *str(phrases.canonical(cast.people["Ben"].phrase)).split()[2:]])
    with cast.app.app_context(), transaction():
        kept = {"phrase_selector": phrases.selector_of(cast.app.config["KEYRING"], bens),
                "phrase_verifier": phrases.verifier_of(bens)}  # fmt: skip
        db.session.execute(update(Person).where(Person.id == cast.person("Ben").id).values(kept))
    for name, phrase in (("Ana", cast.people["Ana"].phrase), ("Ben", bens)):
        client = cast.stranger()
        assert client.post("/sign-in", data={"phrase": phrase}).status_code == 303
        assert f'data-person="{UUID(cast.person(name).uid)}"' in client.get("/").text
    neither = " ".join([*anas[:2], *["abaisser"] * 5])
    assert cast.stranger().post("/sign-in", data={"phrase": neither}).status_code == 422


def test_a_phrase_begins_like_no_other_while_there_are_beginnings_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn again and again, not for ever: here every draw begins alike until the thirtieth."""
    drawn = count()
    monkeypatch.setattr(phrases.secrets, "randbelow", lambda many: next(drawn) // 7 // 30 if many == 2048 else 0)
    with cast.app.app_context():
        first = new_phrase()
        with transaction():
            db.session.execute(update(Person).where(Person.id == cast.person("Ana").id).values(
                phrase_selector=first.selector, phrase_verifier=first.verifier))  # fmt: skip
        assert new_phrase().selector == first.selector
        assert next(drawn) == 7 * (1 + TRIES)
        assert new_phrase().selector != first.selector


def test_unknown_and_wrong_words_get_the_same_answer(cast: Cast) -> None:
    right = cast.people["Ana"].phrase.split()
    unknown = cast.stranger().post("/sign-in", data={"phrase": "abaisser " * 7})
    wrong = cast.stranger().post("/sign-in", data={"phrase": " ".join([*right[:2], *["abaisser"] * 5])})
    nonsense = cast.stranger().post("/sign-in", data={"phrase": "x"})
    assert {unknown.status_code, wrong.status_code, nonsense.status_code} == {422}
    bodies = {same_but_for_the_typed(answer.text) for answer in (unknown, wrong, nonsense)}
    assert len(bodies) == 1
    assert "Ces mots n’ouvrent aucun fil." in bodies.pop()


def test_signing_out_ends_the_sign_in_on_the_server(cast: Cast) -> None:
    ana = cast.browser("Ana")
    old_cookie = ana.get_cookie("fil")
    answer = ana.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    thief = cast.stranger()
    assert old_cookie is not None
    thief.set_cookie("fil", old_cookie.value)
    assert thief.get("/settings").location.startswith("/sign-in")
    assert thief.post("/settings", data={"locale": "en"}).status_code == 401


def test_after_signing_out_the_page_says_that_nothing_stays(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert "Rien de votre journal ne reste" in ana.post("/sign-out", follow_redirects=True).text


def test_wrong_tries_are_slowed_for_the_address_and_for_the_phrase(cast: Cast, tight: FlaskClient, clock: Any) -> None:
    statuses = [tight.post("/sign-in", data={"phrase": "abaisser " * 7}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    clock.advance(minutes=2)
    assert tight.post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).status_code == 303


def test_many_wrong_tries_on_one_phrase_close_it_for_a_while_only(cast: Cast, clock: Any) -> None:
    right = cast.people["Ana"].phrase
    wrong = " ".join([*right.split()[:2], *["abaisser"] * 5])
    for _ in range(5):
        assert cast.stranger().post("/sign-in", data={"phrase": wrong}).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": right}).status_code == 422
    clock.advance(minutes=16)
    assert cast.stranger().post("/sign-in", data={"phrase": right}).status_code == 303


def test_a_shared_device_keeps_nothing_beyond_thirty_quiet_minutes(cast: Cast, clock: Any) -> None:
    client = cast.stranger()
    answer = client.post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "shared": "1"})
    sent = [value for name, value in answer.headers if name == "Set-Cookie"]
    assert sent
    assert all("Expires" not in value and "Max-Age" not in value for value in sent)
    clock.advance(minutes=29)
    assert client.get("/settings").status_code == 200
    clock.advance(minutes=29)
    assert client.get("/settings").status_code == 200
    clock.advance(minutes=31)
    assert client.get("/settings").status_code == 303


def test_an_own_device_stays_open_through_a_summer_and_not_for_ever(cast: Cast, clock: Any) -> None:
    ana = cast.browser("Ana")
    clock.advance(days=80)
    ana.post("/settings", data={"locale": "fr"})
    clock.advance(days=80)
    assert ana.get("/settings").status_code == 200
    clock.advance(days=20)
    assert ana.get("/settings").status_code == 303


def test_the_cookie_holds_a_token_and_a_language_and_nothing_else(cast: Cast) -> None:
    client = cast.stranger()
    client.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    with client.session_transaction() as kept:
        assert set(kept) <= {"_user_id", "locale", "_permanent"}
        token = kept["_user_id"]
    with cast.app.app_context():
        rows = db.session.scalars(select(SignIn)).all()
        assert rows
        assert all(token.encode() not in row.token_hash for row in rows)


def test_the_twenty_first_device_ends_the_oldest(cast: Cast) -> None:
    oldest = cast.browser("Ana")
    for _ in range(20):
        cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    assert oldest.get("/settings").status_code == 303


@pytest.mark.parametrize(
    "onward", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "/\n/evil"]
)
def test_signing_in_never_leads_to_another_site(cast: Cast, onward: str) -> None:
    answer = cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "next": onward})
    assert answer.location == "/"


def test_signing_in_leads_back_to_where_one_was_going(cast: Cast) -> None:
    first = cast.stranger().get("/settings")
    assert first.location == "/sign-in?next=/settings"
    answer = cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "next": "/settings"})
    assert answer.location == "/settings"


def test_a_stolen_database_holds_no_phrase(cast: Cast, now: datetime) -> None:
    with cast.app.app_context():
        ana = db.session.scalars(select(Person).filter_by(id=cast.person("Ana").id)).one()
        assert ana.phrase_verifier is not None
        assert ana.phrase_verifier.startswith("$argon2id$")
        assert all(word.encode() not in (ana.phrase_selector or b"") for word in cast.people["Ana"].phrase.split())


def test_a_phrase_is_hashed_at_the_cost_that_people_deserve(costly_phrases: None) -> None:
    assert phrases.verifier_of("acajou aiguille").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
