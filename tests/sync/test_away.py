"""What a phone is told so that it may ask the same questions without network as with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.home.test_today import statements
from tests.reflections.around import DAY, HOUR, long_in
from tests.sync.phone import Phone
from tests.workshops.presences import cancel, stage
from wellbeing.db import db, transaction
from wellbeing.models.consent import Consent
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.workshop import Workshop

COUNTS = "Elles compteront dans les tendances du groupe"
QUESTIONS = {"belong": "Je me sens faire partie de ce groupe.", "size": "Le groupe était…"}


@pytest.fixture
def phone(cast: Cast) -> Phone:
    long_in(cast)
    with cast.app.app_context(), transaction():
        db.session.query(Contribution).update({"from_atom": (cast.now - 30 * DAY).date()})
    return Phone(cast)


def near(phone: Phone) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in (phone.client.get("/sync").json or {})["workshops"]}


def test_the_question_by_turns_is_the_one_that_the_page_asks(phone: Phone, cast: Cast) -> None:
    held = [cast.workshop("Willow", cast.now - n * HOUR) for n in (8, 6, 4, 2)]
    cast.workshop("Oak", cast.now - 5 * HOUR)
    cancel(cast, held[1], cast.now)
    told = near(phone)
    turns = [told[one.uid]["turn"] for one in (held[0], held[2], held[3])]
    assert turns == ["size", "belong", "size"]  # one was held five days ago, and what was cancelled is not counted
    for workshop, turn in zip((held[0], held[2], held[3]), turns, strict=True):
        page = phone.client.get(f"/workshops/{workshop.uid}/after").text
        assert [name for name, question in QUESTIONS.items() if question in page] == [turn]


def test_what_one_was_not_there_for_is_not_asked_about(phone: Phone, cast: Cast) -> None:
    over = cast.workshop("Willow", cast.now - 4 * HOUR)
    assert near(phone)[over.uid]["turn"] == "size"
    with cast.app.app_context(), transaction():
        db.session.query(Membership).update({"began_at": cast.now - HOUR})
    assert near(phone)[over.uid]["turn"] is None


def test_a_phone_says_that_answers_count_exactly_when_the_page_does(phone: Phone, cast: Cast) -> None:
    workshops = [cast.workshop("Willow", cast.now + hours * HOUR) for hours in (-3, 30)]

    def says(workshop: Workshop) -> bool:
        return COUNTS in phone.client.get(f"/workshops/{workshop.uid}/after").text

    assert [near(phone)[one.uid]["counts"] for one in workshops] == [True, True] == [says(workshops[0]), True]
    with cast.app.app_context(), transaction():
        db.session.query(Consent).filter_by(purpose="trends").update({"withdrawn_at": cast.now})
    assert [near(phone)[one.uid]["counts"] for one in workshops] == [False, False] == [says(workshops[0]), False]


def test_a_phone_knows_whether_they_are_there_now_and_whom_they_may_talk_to(phone: Phone, cast: Cast) -> None:
    over = cast.workshop("Willow", cast.now - 4 * HOUR)
    seen = [near(phone)[over.uid]]
    phone.send(phone.was_there(over.uid))
    seen.append(near(phone)[over.uid])
    phone.client.post(f"/workshops/{over.uid}/attendance/end")
    seen.append(near(phone)[over.uid])
    assert [(one["there"], one["attendance"]) for one in seen] == [(False, 0), (True, 1), (False, 2)]
    assert {(one["title"], one["contact"]) for one in seen} == {("Danse douce", "Dominique, à l’accueil")}


def test_a_full_calendar_asks_the_database_as_often_as_an_empty_one(phone: Phone, cast: Cast) -> None:
    def asked() -> int:
        with statements(cast) as sent:
            assert near(phone)
        return len(sent)

    few = asked()
    for n in range(30):
        cast.workshop("Willow", cast.now + timedelta(hours=n) + DAY)
    assert len(near(phone)) > 30
    assert asked() == few


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_a_phone_knows_each_part_of_a_stage_in_the_words_of_its_page(phone: Phone, cast: Cast, locale: str) -> None:
    phone.client.post("/settings", data={"locale": locale})
    long, short = stage(cast, "Willow", cast.now + 3 * DAY, 0, 16, 24), cast.workshop("Willow", cast.now + DAY)
    stage(cast, "Oak", cast.now + 2 * DAY, 0, 18)
    parts = near(phone)[long.uid]["time"].splitlines()
    assert len(parts) == len(set(parts)) == 3
    assert ("samedi 14 mars" if locale == "fr" else "Saturday 14 March") in parts[0]
    page = phone.client.get(f"/workshops/{long.uid}").text
    assert all(f"<li>{part}</li>" in page for part in parts)
    assert "time" not in near(phone)[short.uid]
