"""An account that nobody uses is erased after as long as was said, and never one that is in use."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.databases import built, close
from tests.keys.authenticator import Authenticator, signed_in
from tests.keys.test_passkeys import joined
from wellbeing.accounts.operations.erasing import erase_the_absent
from wellbeing.config import Config
from wellbeing.db import db
from wellbeing.models.person import Person, PersonKey
from wellbeing.worker import tick


def there(cast: Cast, name: str) -> bool:
    with cast.app.app_context():
        found = cast.people[name].person.id
        keys = db.session.scalar(select(func.count()).select_from(PersonKey).filter_by(person_id=found)) or 0
        people = db.session.scalar(select(func.count(Person.id)).filter_by(id=found)) or 0
        assert keys == people
        return bool(people)


@pytest.mark.parametrize(("months", "stays"), [("13", True), ("12", False)])
def test_the_months_are_those_that_the_host_has_set_and_people_read(
    cast: Cast, clock: Any, months: str, stays: bool
) -> None:
    app = built(
        replace(
            cast.app.config["LE_FIL"], retention_months=Config.from_env({"RETENTION_MONTHS": months}).retention_months
        )
    )
    in_it = cast.in_app(app)
    joining = in_it.stranger().get("/join", query_string={"code": cast.codes["Willow"]})
    choices = in_it.stranger().post("/join", data={"code": cast.codes["Willow"]})
    assert f"{months} mois sans visite" in joining.text + choices.text
    later = clock.advance(days=12 * 31 + 1)
    with app.app_context():
        assert tick(later)
    assert there(in_it, "Ana") is stays
    close(app)


@pytest.mark.parametrize(("days", "stays"), [(24 * 31, True), (24 * 31 + 1, False)])
def test_it_stays_for_the_months_that_were_said(cast: Cast, clock: Any, days: int, stays: bool) -> None:
    later = clock.advance(days=days)
    with cast.app.app_context():
        erase_the_absent(later, months=24)
    assert there(cast, "Ana") is stays


def test_a_write_or_a_sign_in_begins_the_months_again(cast: Cast, clock: Any) -> None:
    clock.advance(days=60)
    cast.browser("Ana").post("/settings", data={"locale": "fr"})
    cast.stranger().post("/sign-in", data={"phrase": cast.people["Ben"].phrase})
    later = clock.advance(days=24 * 31 - 30)
    with cast.app.app_context():
        erase_the_absent(later, months=24)
    assert there(cast, "Ana")
    assert there(cast, "Ben")
    assert not there(cast, "Cleo")


def test_whoever_runs_a_group_or_the_place_is_left_to_people(cast: Cast, clock: Any) -> None:
    later = clock.advance(days=2000)
    with cast.app.app_context():
        erase_the_absent(later, months=24)
    assert there(cast, "Fay")
    assert there(cast, "Sam")


ALMOST = "/?said=in.almost_erased"


@pytest.mark.parametrize(("days", "where"), [(23 * 31 - 1, "/"), (23 * 31, ALMOST), (24 * 31, ALMOST)])
def test_who_comes_back_in_the_last_month_is_told_once_that_coming_is_enough(
    cast: Cast, clock: Any, days: int, where: str
) -> None:
    clock.advance(days=days)
    back = cast.stranger()
    assert back.post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).location == where
    said = "Après 24 mois sans visite, un journal s’efface. Le vôtre en était proche"
    assert (said in back.get(where).text) is (where == ALMOST)
    assert said not in back.get("/").text
    assert cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).location == "/"


def test_who_runs_a_group_or_the_place_or_was_going_elsewhere_is_told_nothing(cast: Cast, clock: Any) -> None:
    clock.advance(days=24 * 31)
    for name in ("Fay", "Sam"):
        assert cast.stranger().post("/sign-in", data={"phrase": cast.people[name].phrase}).location == "/"
    asked = {"phrase": cast.people["Ben"].phrase, "next": "/workshops"}
    assert cast.stranger().post("/sign-in", data=asked).location == "/workshops"


@pytest.mark.parametrize(("days", "where"), [(23 * 31 - 1, "/"), (23 * 31, ALMOST)])
def test_who_comes_back_with_a_passkey_is_told_the_same(cast: Cast, clock: Any, days: int, where: str) -> None:
    device = Authenticator()
    _, answer = joined(cast, device)
    assert answer.status_code == 200
    clock.advance(days=days)
    assert signed_in(back := cast.stranger(), device).location == where
    assert ("Le vôtre en était proche" in back.get(where).text) is (where == ALMOST)
    assert signed_in(cast.stranger(), device).location == "/"
