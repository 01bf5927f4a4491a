"""A passkey opens its owner's journal and no other; an answer counts once, here, now, and for what it was asked for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings, strategies
from hypothesis import given as everything
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from tests.accounts.conftest import tight
from tests.cast import Cast
from tests.conftest import Clock
from tests.keys.authenticator import Authenticator, asked, given, signed_in
from wellbeing.db import db
from wellbeing.models.challenge import Challenge
from wellbeing.models.passkey import Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.worker import tick

__all__ = ["tight"]
REFUSED = re.compile(r'data-passkey-says="before">.*La clé d’accès n’a pas répondu. Réessayez, ou prenez votre phrase.')
CHOICES = {"pseudonym": "Loutre calme", "age_ok": "1", "consent_journal": "1"}


def joined(cast: Cast, device: Authenticator, **fields: str) -> tuple[FlaskClient, Any]:
    client = cast.stranger()
    made = device.makes(asked(client, "/join/passkey"))
    return client, client.post("/join", data={"code": cast.codes["Willow"], **CHOICES, "passkey": made, **fields})


def passkeys(cast: Cast) -> list[Passkey]:
    with cast.app.app_context():
        return list(db.session.scalars(select(Passkey).order_by(Passkey.id)))


def people(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.query(Person).count()


def test_a_browser_is_asked_for_a_key_that_knows_its_owner_and_makes_sure_of_them(cast: Cast) -> None:
    options = asked(cast.stranger(), "/join/passkey")
    assert options["rp"] == {"name": "Le fil", "id": "localhost"}
    assert options["attestation"] == "none"
    wanted = options["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert len(options["challenge"]) == 43  # 32 bytes
    assert len(options["user"]["id"]) == 86  # 64 bytes
    assert options["user"]["name"] == options["user"]["displayName"] == "Le fil – mercredi 11 mars 2026"
    opening = asked(cast.stranger(), "/sign-in/passkey")
    assert (opening["allowCredentials"], opening["userVerification"]) == ([], "required")
    assert asked(cast.stranger(), "/sign-in/passkey")["challenge"] != opening["challenge"]


def test_somebody_joins_with_a_passkey_and_is_given_the_phrase_as_the_other_key(cast: Cast) -> None:
    device = Authenticator()
    client, answer = joined(cast, device)
    assert answer.status_code == 200
    assert "data-phrase" in answer.text
    assert client.get("/settings").status_code == 200
    with cast.app.app_context():
        (kind,) = db.session.scalars(select(SignIn.key_kind).where(SignIn.passkey_id.is_not(None)))
        assert kind == "passkey"
    elsewhere = cast.stranger()
    assert signed_in(elsewhere, device, next="/streak").location == "/streak"
    assert elsewhere.get("/settings").status_code == 200
    assert "Vos clés ont changé" not in elsewhere.get("/settings").text


def test_a_form_that_is_refused_keeps_the_passkey_that_was_made_for_it(cast: Cast) -> None:
    device = Authenticator()
    client, refused = joined(cast, device, age_ok="")
    assert refused.status_code == 422
    kept = refused.text.split('name="passkey" value="')[1].split('"')[0].replace("&#34;", '"')
    assert json.loads(kept)["type"] == "public-key"
    again = client.post("/join", data={"code": cast.codes["Willow"], **CHOICES, "passkey": kept})
    assert again.status_code == 200
    assert signed_in(cast.stranger(), device).status_code == 303


def test_an_answer_that_got_lost_is_given_again_to_whoever_made_a_passkey(cast: Cast) -> None:
    device, client = Authenticator(), cast.stranger()
    made, before = device.makes(asked(client, "/join/passkey")), people(cast)
    form = {"code": cast.codes["Willow"], **CHOICES, "passkey": made, "op_id": "6f9619ff-8b86-4d01-b42d-00c04fc964ff"}
    for _ in range(2):
        lost = cast.stranger()  # the answer, and the cookie with it, never came
        with client.session_transaction() as kept, lost.session_transaction() as other:
            other.update(kept)
        assert lost.post("/join", data=form).status_code == 200
    assert (people(cast), len(passkeys(cast))) == (before + 1, 1)


@pytest.mark.parametrize("wrong", ["", "{}", "[]", "null", "x" * 20_000, '{"rawId": 3, "response": {}}'])
def test_what_is_no_answer_makes_nobody(cast: Cast, wrong: str) -> None:
    before, client = people(cast), cast.stranger()
    answer = client.post("/join", data={"code": cast.codes["Willow"], **CHOICES, "passkey": wrong or " "})
    assert answer.status_code == 422
    assert REFUSED.search(answer.text)
    assert 'value="Loutre calme"' in answer.text
    assert people(cast) == before


@pytest.mark.parametrize(
    "cheat",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://localhost"},
        {"origin": "http://localhost:8001"},
        {"host": "evil.example"},
        {"verifies": False},
    ],
    ids=lambda cheat: "-".join(map(str, next(iter(cheat.items())))),
)
def test_a_passkey_of_another_address_or_of_an_unverified_owner_is_refused(cast: Cast, cheat: dict[str, Any]) -> None:
    before = people(cast)
    _, answer = joined(cast, Authenticator(**cheat))
    assert answer.status_code == 422
    assert people(cast) == before
    device = given(cast.browser("Ana"))
    for name, value in cheat.items():
        setattr(device, name, value)
    client = cast.stranger()
    refused = signed_in(client, device)
    assert refused.status_code == 422
    assert REFUSED.search(refused.text)
    assert client.get("/settings").status_code == 303


def test_an_answer_counts_once(cast: Cast) -> None:
    device, client = given(cast.browser("Ana")), cast.stranger()
    answer = device.opens(asked(client, "/sign-in/passkey"))
    assert client.post("/sign-in", data={"passkey": answer}).status_code == 303
    client.post("/sign-out")
    assert client.post("/sign-in", data={"passkey": answer}).status_code == 422
    made = Authenticator().makes(asked(ana := cast.browser("Ana"), "/settings/keys/passkey"))
    assert ana.post("/settings/keys/passkeys", data={"passkey": made}).status_code == 303
    assert ana.post("/settings/keys/passkeys", data={"passkey": made}).status_code == 422
    assert len(passkeys(cast)) == 2


def test_a_wrong_answer_uses_the_question_up(cast: Cast) -> None:
    device, client = given(cast.browser("Ana")), cast.stranger()
    question = asked(client, "/sign-in/passkey")
    right = device.opens(question)
    wrong = json.loads(right)
    wrong["response"]["signature"] = wrong["response"]["signature"][:-6] + "AAAAAA"
    assert client.post("/sign-in", data={"passkey": json.dumps(wrong)}).status_code == 422
    assert client.post("/sign-in", data={"passkey": right}).status_code == 422


def test_an_answer_after_five_minutes_comes_too_late(cast: Cast, clock: Clock) -> None:
    device = given(cast.browser("Ana"))
    for minutes, status in ((4.9, 303), (5, 422)):
        client = cast.stranger()
        answer = device.opens(asked(client, "/sign-in/passkey"))
        clock.advance(minutes=minutes)
        assert client.post("/sign-in", data={"passkey": answer}).status_code == status


def test_an_answer_from_another_browser_is_refused(cast: Cast) -> None:
    device, mine, theirs = given(cast.browser("Ana")), cast.stranger(), cast.stranger()
    asked(theirs, "/sign-in/passkey")
    assert theirs.post("/sign-in", data={"passkey": device.opens(asked(mine, "/sign-in/passkey"))}).status_code == 422
    assert theirs.get("/settings").status_code == 303


def test_an_answer_for_another_purpose_is_refused(cast: Cast) -> None:
    ana, client = cast.browser("Ana"), cast.stranger()
    device = given(ana)
    assert client.post("/sign-in", data={"passkey": device.opens(asked(client, "/join/passkey"))}).status_code == 422
    confirming = device.opens(asked(ana, "/settings/keys/passkey"))
    assert ana.post("/step-up", data={"passkey": confirming}).status_code == 422
    made = Authenticator()
    adding = made.makes({**asked(ana, "/step-up/passkey"), "user": {"id": device.handle}})
    assert ana.post("/settings/keys/passkeys", data={"passkey": adding}).status_code == 422
    assert len(passkeys(cast)) == 1


def test_a_counter_that_falls_is_refused_and_one_that_stays_at_nothing_is_not(cast: Cast) -> None:
    ana = cast.browser("Ana")
    counting, silent = given(ana, Authenticator(count=7)), given(ana, Authenticator(counts=False))
    assert signed_in(cast.stranger(), counting).status_code == 303
    assert [key.sign_count for key in passkeys(cast)] == [8, 0]
    counting.count = 5
    assert signed_in(cast.stranger(), counting).status_code == 422
    assert [key.sign_count for key in passkeys(cast)] == [8, 0]
    for _ in range(2):
        assert signed_in(cast.stranger(), silent).status_code == 303


def test_a_passkey_that_says_it_is_somebody_elses_opens_nothing(cast: Cast) -> None:
    hers, his, client = given(cast.browser("Ana")), given(cast.browser("Ben")), cast.stranger()
    for claimed in (his.handle, None, "", "AAAA"):
        answer = hers.opens(asked(client, "/sign-in/passkey"), userHandle=claimed)
        assert client.post("/sign-in", data={"passkey": answer}).status_code == 422
    assert signed_in(client, hers).status_code == 303


def test_unknown_and_wrong_passkeys_get_the_same_answer(cast: Cast) -> None:
    known, unknown = given(cast.browser("Ana")), Authenticator(handle="AAAA")
    known.key = Authenticator().key
    bodies = set()
    for device in (known, unknown):
        answer = signed_in(cast.stranger(), device)
        assert answer.status_code == 422
        bodies.add(answer.text)
    assert len(bodies) == 1


def test_the_cookie_of_whoever_signed_in_holds_a_token_and_nothing_of_the_question(cast: Cast) -> None:
    device, client = given(cast.browser("Ana")), cast.stranger()
    signed_in(client, device, shared="1")
    with client.session_transaction() as kept:
        assert set(kept) <= {"_user_id", "minute", "_permanent"}
    assert "Appareil partagé." in cast.fresh("Ana").get("/settings/keys").text


def test_thirty_refused_passkeys_a_minute_are_enough(cast: Cast, tight: FlaskClient, clock: Clock) -> None:
    device = given(cast.browser("Ana"))
    for _ in range(30):
        assert tight.post("/sign-in", data={"passkey": "{}"}).status_code == 422
    late = signed_in(tight, device)
    assert late.status_code == 429
    assert late.headers["Retry-After"]
    assert tight.post("/sign-in", data={"phrase": cast.people["Ben"].phrase}).status_code == 303  # the other key
    clock.advance(minutes=1)
    assert signed_in(cast.stranger(), device).status_code == 303


def test_a_passkey_opens_while_somebody_guesses_at_the_phrase(cast: Cast) -> None:
    device, phrase = given(cast.browser("Ana")), cast.people["Ana"].phrase
    near = " ".join([*phrase.split()[:2], *["abaisser"] * 5])
    for _ in range(5):
        assert cast.stranger().post("/sign-in", data={"phrase": near}).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": phrase}).status_code == 422  # closed for seconds
    assert signed_in(cast.stranger(), device).status_code == 303


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@everything(
    part=strategies.sampled_from(["attestationObject", "clientDataJSON"]),
    noise=strategies.binary(max_size=40),
    at=strategies.integers(0, 300),
)
def test_no_bytes_break_the_door(cast: Cast, part: str, noise: bytes, at: int) -> None:
    client = cast.stranger()
    made = json.loads(Authenticator().makes(asked(client, "/join/passkey")))
    whole = base64url_to_bytes(made["response"][part])
    made["response"][part] = bytes_to_base64url(whole[:at] + noise + whole[at + len(noise) :])
    answer = client.post("/join", data={"code": cast.codes["Willow"], **CHOICES, "passkey": json.dumps(made)})
    assert answer.status_code in (200, 422)


def test_a_visitor_cannot_ask_for_what_is_for_people(cast: Cast) -> None:
    for address in ("/step-up/passkey", "/settings/keys/passkey"):
        answer = cast.stranger().post(address)
        assert (answer.status_code, answer.json) == (401, {"error": "sign_in"})


def test_two_first_passkeys_asked_for_at_once_know_one_owner(cast: Cast) -> None:
    ana, late = cast.browser("Ana"), Authenticator()
    made = late.makes(asked(ana, "/settings/keys/passkey"))
    first = given(ana)
    refused = ana.post("/settings/keys/passkeys", data={"passkey": made})
    assert refused.status_code == 422
    assert REFUSED.search(refused.text)
    second = given(ana)
    assert second.handle == first.handle
    assert [signed_in(cast.stranger(), device).status_code for device in (first, second)] == [303, 303]


def test_a_question_that_nobody_answered_is_gone_within_two_hours(cast: Cast, clock: Clock) -> None:
    asked(cast.stranger(), "/sign-in/passkey")
    for hours, left in ((1, 1), (0.1, 0)):
        now = clock.advance(hours=hours)
        with cast.app.app_context():
            tick(now)
            assert db.session.query(Challenge).count() == left
