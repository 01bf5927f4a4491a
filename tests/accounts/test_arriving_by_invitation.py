"""The steward becomes one with the setup code, and a facilitator with a link that works once, for seven days."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from wellbeing.accounts.operations import arriving, entering
from wellbeing.db import db, transaction
from wellbeing.domain.refusals import InvitationOpensNothing
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.stewardship import Stewardship
from wellbeing.web.devices import token_hash

FORM = {"pseudonym": "Plume du soir", "age_ok": "1"}


def invited(cast: Cast, group: str | None = None) -> str:
    """A fresh link, as the steward or a team makes one."""
    token = secrets.token_hex(20)
    with cast.app.app_context(), transaction():
        db.session.add(
            Invitation(
                uid=secrets.token_hex(16),
                token_hash=token_hash(token),
                group_id=cast.groups[group].id if group else None,
                made_by=cast.person("Sam").id,
                made_at=cast.now,
                expires_at=cast.now + timedelta(days=7),
            )
        )
    return token


def test_the_setup_code_makes_the_first_steward_once(app: Flask, now: datetime) -> None:
    with app.app_context():
        code = arriving.renew_setup_code(now)
    client = app.test_client()
    assert client.get("/setup").status_code == 200
    answer = client.post("/setup", data={**FORM, "code": code.lower().replace("-", " ")})
    assert answer.status_code == 200
    assert 'data-phrase="' in answer.text
    assert client.get("/organisation").status_code == 200
    stranger = app.test_client()
    assert stranger.get("/setup").status_code == 404
    assert stranger.post("/setup", data={**FORM, "code": code}).status_code == 404


def test_a_wrong_or_old_setup_code_makes_nobody_steward(app: Flask, now: datetime, clock: Any) -> None:
    with app.app_context():
        code = arriving.renew_setup_code(now)
    client = app.test_client()
    wrong = client.post("/setup", data={**FORM, "code": "0000-0000-0000"})
    assert wrong.status_code == 422
    assert "Plume du soir" in wrong.text
    assert "Ce code n’ouvre rien." in wrong.text
    clock.advance(hours=24, seconds=1)
    assert client.post("/setup", data={**FORM, "code": code}).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count(Stewardship.id))) == 0
        assert db.session.scalar(select(func.count(Person.id))) == 0


def test_making_a_new_setup_code_ends_the_one_before(app: Flask, now: datetime) -> None:
    with app.app_context():
        first = arriving.renew_setup_code(now)
        second = arriving.renew_setup_code(now)
    client = app.test_client()
    assert client.post("/setup", data={**FORM, "code": first}).status_code == 422
    assert client.post("/setup", data={**FORM, "code": second}).status_code == 200


def test_the_command_line_makes_a_steward_whose_phrase_is_the_last_line(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["create-steward"])
    assert result.exit_code == 0, result.output
    phrase = result.output.strip().splitlines()[-1]
    client = app.test_client()
    assert client.post("/sign-in", data={"phrase": phrase}).status_code == 303
    assert client.get("/organisation").status_code == 200


def test_looking_at_an_invitation_uses_nothing_up(cast: Cast) -> None:
    token = invited(cast)
    for _ in range(3):
        assert cast.stranger().get(f"/invitations/{token}").status_code == 200
    answer = cast.stranger().post(f"/invitations/{token}", data=FORM)
    assert answer.status_code == 200
    assert 'data-phrase="' in answer.text
    assert 'href="/groups"' in answer.text


def test_an_invitation_works_once_and_for_seven_days(cast: Cast, clock: Any) -> None:
    used, late = invited(cast), invited(cast)
    assert cast.stranger().post(f"/invitations/{used}", data=FORM).status_code == 200
    clock.advance(days=7)
    answers = [
        cast.stranger().post(f"/invitations/{used}", data=FORM),
        cast.stranger().post(f"/invitations/{late}", data=FORM),
        cast.stranger().get(f"/invitations/{used}"),
        cast.stranger().get("/invitations/never-made"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all("Cette invitation n’ouvre rien. Demandez-en une autre." in answer.text for answer in answers)


def test_someone_who_has_an_account_becomes_a_facilitator_with_it(cast: Cast) -> None:
    ben = cast.browser("Ben")
    assert ben.get("/groups").status_code == 404
    answer = ben.post(f"/invitations/{invited(cast)}", data={})
    assert answer.status_code == 303
    assert answer.location == "/groups"
    assert ben.get("/groups").status_code == 200


def test_an_invitation_to_a_team_opens_that_group_and_no_other(cast: Cast) -> None:
    newcomer = cast.stranger()
    newcomer.post(f"/invitations/{invited(cast, 'Willow')}", data=FORM)
    assert newcomer.get(f"/groups/{cast.groups['Willow'].uid}").status_code == 200
    assert newcomer.get(f"/groups/{cast.groups['Oak'].uid}").status_code == 404


@pytest.mark.parametrize("missing", ["age_ok", "pseudonym"])
def test_a_refused_form_leaves_the_invitation_unused(cast: Cast, missing: str) -> None:
    token = invited(cast)
    refused = cast.stranger().post(f"/invitations/{token}", data={**FORM, missing: ""})
    assert refused.status_code == 422
    assert cast.stranger().post(f"/invitations/{token}", data=FORM).status_code == 200


@pytest.mark.parametrize("group", [None, "Willow"])
def test_an_answer_that_got_lost_is_given_again_to_who_used_the_link(cast: Cast, group: str | None) -> None:
    token, ben = invited(cast, group), cast.browser("Ben")
    for _ in range(2):
        answer = ben.post(f"/invitations/{token}", data={})
        assert (answer.status_code, answer.location) == (303, "/groups")
    assert cast.browser("Ana").post(f"/invitations/{token}", data={}).status_code == 404
    with cast.app.app_context():
        mine = select(Membership).filter_by(person_id=cast.person("Ben").id, role="facilitator")
        assert len(db.session.scalars(mine).all()) == (1 if group else 0)


def test_a_link_to_a_team_says_whose_and_that_ones_own_notes_stop_counting(cast: Cast) -> None:
    token = invited(cast, "Willow")
    assert "Vous rejoignez l’équipe du groupe Willow." in cast.stranger().get(f"/invitations/{token}").text
    seen = cast.browser("Ben").get(f"/invitations/{token}").text
    assert "Vous rejoignez l’équipe du groupe Willow." in seen
    assert "Vos propres notes ne comptent dans aucune tendance." in seen
    assert "Willow" in cast.stranger().post(f"/invitations/{token}", data={**FORM, "age_ok": ""}).text
    assert "Vous rejoignez" not in cast.stranger().get(f"/invitations/{invited(cast)}").text


def test_whoever_runs_the_group_already_leaves_the_link_to_whom_it_was_made_for(cast: Cast) -> None:
    path, fay = f"/invitations/{invited(cast, 'Willow')}", cast.browser("Fay")
    assert "Vous animez déjà ce groupe." in fay.get(path).text
    assert fay.post(path, data={}).status_code == 303
    assert cast.browser("Ben").post(path, data={}).status_code == 303


def test_fifty_at_once_make_one_facilitator(cast: Cast) -> None:
    token = invited(cast, "Willow")
    said: list[str] = []

    def attempt(name: str) -> None:
        with cast.app.app_context():
            try:
                entering.use_invitation(cast.person(name), token, cast.now)
                said.append(name)
            except InvitationOpensNothing:
                said.append("refused")

    people = ["Ana", "Ben", "Cleo", "Gus", "Sam"] * 10
    threads = [Thread(target=attempt, args=(name,)) for name in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 50
    assert sorted({said.count(name) for name in said}) == [10, 40]  # one person's ten taps are one, the others refused
    with cast.app.app_context():
        running = db.session.scalars(
            select(Membership).filter_by(group_id=cast.groups["Willow"].id, role="facilitator")
        ).all()
        assert len(running) == 2  # Fay, and one more
