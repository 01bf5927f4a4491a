"""A facilitator makes a group; what the form asks is asked of people, and a script sends the six fields it knows."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.groups.record import CONTRACT, attribute, created
from wellbeing.db import db
from wellbeing.domain import codes
from wellbeing.models.group import Group

ASKED = {**CONTRACT, "asked": "contact_ok", "contact_ok": "1"}


def how_many(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Group)) or 0


def test_the_six_fields_make_a_group_led_by_who_made_it(cast: Cast) -> None:
    group = created(cast)
    assert (group.name, group.activity, group.holiday_zone) == ("Danse du jeudi", "dance", "C")
    assert group.created_on == cast.now.date()
    page = cast.browser("Fay").get(f"/groups/{group.uid}").text
    assert attribute(page, "data-roster-size") == "0"
    code = attribute(page, "data-join-code") or ""
    assert re.fullmatch(rf"[{codes.ALPHABET}]{{4}}-[{codes.ALPHABET}]{{4}}", code)
    door = cast.stranger().get(f"/join?code={code}").text
    assert "Danse du jeudi" in door


def test_a_steward_who_makes_a_group_is_its_facilitator(cast: Cast) -> None:
    group = created(cast, "Sam")
    assert "Danse du jeudi" in cast.browser("Sam").get("/groups").text
    assert cast.browser("Sam").get(f"/groups/{group.uid}/poster").status_code == 200


def test_the_form_sent_twice_makes_one_group(cast: Cast) -> None:
    before = how_many(cast)
    fay, form = cast.browser("Fay"), {**ASKED, "op_id": str(uuid.uuid4())}
    first, second = (fay.post("/groups", data=form).location for _ in range(2))
    assert first == second
    assert how_many(cast) == before + 1
    # a stranger's form is nobody's: the same name of a form is another group in other hands
    assert cast.browser("Gus").post("/groups", data=form).location not in (first, "/groups")
    assert how_many(cast) == before + 2


def test_a_person_is_asked_for_somebody_to_talk_to_who_does_not_run_the_group(cast: Cast) -> None:
    before = how_many(cast)
    answer = cast.browser("Fay").post("/groups", data={**CONTRACT, "asked": "contact_ok"})
    assert answer.status_code == 422
    assert "Un groupe a besoin d’une personne à qui parler" in answer.text
    assert 'value="Danse du jeudi"' in answer.text
    assert how_many(cast) == before
    form = cast.browser("Fay").get("/groups/new").text
    assert 'name="asked" value="contact_ok"' in form
    assert "Il s’affiche sur l’affiche" in form
    assert "une tendance paraît rarement" in form
    assert cast.browser("Fay").post("/groups", data=ASKED).status_code == 303


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Ce nom est vide."),
        ({"name": "n" * 121}, "Ce nom dépasse 120 caractères."),
        ({"place": ""}, "Ce nom est vide."),
        ({"safety_contact": ""}, "Ce nom est vide."),
        ({"activity": "yoga"}, "Choisissez une des réponses proposées."),
        ({"holiday_zone": "D"}, "Choisissez une des réponses proposées."),
        ({"timezone": "Europe/Atlantis"}, "Ce fuseau horaire n’est pas connu."),
        ({"name": "un\x00deux"}, "Ce texte contient un caractère illisible."),
        ({"shown_name": "n" * 121}, "Ce nom dépasse 120 caractères."),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(cast: Cast, changed: dict[str, str], sentence: str) -> None:
    before = how_many(cast)
    answer = cast.browser("Fay").post("/groups", data={**ASKED, **changed})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert 'name="safety_contact"' in answer.text
    assert how_many(cast) == before


def test_hidden_signs_do_not_stay_in_a_name(cast: Cast) -> None:
    assert created(cast, name="Danse\u202e\x1b du  jeudi ").name == "Danse du jeudi"


def test_whoever_runs_no_group_makes_none(cast: Cast) -> None:
    before = how_many(cast)
    assert cast.browser("Ana").post("/groups", data=CONTRACT).status_code == 404
    assert cast.browser("Ana").get("/groups").status_code == 404
    assert cast.browser("Ana").get("/groups/new").status_code == 404
    assert cast.stranger().post("/groups", data=CONTRACT).status_code == 401
    assert how_many(cast) == before


def test_ten_groups_a_day_are_enough(cast: Cast) -> None:
    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    fay = cast.browser("Fay")
    answers = [fay.post("/groups", data=CONTRACT).status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]


def test_a_facilitator_finds_their_groups_and_no_others(cast: Cast) -> None:
    page = cast.browser("Fay").get("/groups").text
    assert "Willow" in page
    assert "Oak" not in page
    assert "Prochaine séance" in page
    assert cast.groups["Oak"].name in cast.browser("Gus").get("/groups").text
