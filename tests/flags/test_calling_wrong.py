"""« Ce nombre est faux »: one tap, once a season, by somebody whom nobody can name (A18)."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import content, workshops_of
from wellbeing.db import db, transaction
from wellbeing.models.membership import Membership
from wellbeing.models.stewardship import Stewardship

THANKS = "Merci. La personne responsable va vérifier. Rien ne dit qui l’a signalé."
AGAIN = "Vous avez déjà signalé un nombre de ce groupe."
OWN = "Vous animez ce groupe\u00a0: une autre personne responsable doit répondre."


@pytest.fixture
def counted(cast: Cast) -> str:
    """The uid of Willow's workshop of the day before, where Fay counted nine."""
    workshop = workshops_of(cast, cast.groups["Willow"])[0]
    numbers = {"present": "9", "without_phone": "0", "newcomers": "0"}
    address = f"/groups/{cast.groups['Willow'].uid}/workshops/{workshop.uid}/headcount"
    assert cast.browser("Fay").post(address, data=numbers).status_code == 303
    return workshop.uid


def flags(cast: Cast) -> list[tuple[str, str, int, str | None]]:
    with cast.app.app_context():
        rows = db.session.execute(text("SELECT number, day, shown, verdict FROM flag ORDER BY id")).all()
        return [(number, str(day), shown, verdict) for number, day, shown, verdict in rows]


def call_wrong(cast: Cast, name: str, number: str, group: str = "Willow") -> tuple[int, str]:
    browser = cast.browser(name)
    answer = browser.post(f"/groups/{cast.groups[group].uid}/flags", data={"number": number})
    return answer.status_code, browser.get(answer.location).text if answer.status_code == 303 else answer.text


def steward(cast: Cast) -> FlaskClient:
    return cast.browser("Sam")


def settle(cast: Cast, verdict: str, by: str = "Sam") -> tuple[int, str]:
    found = re.search(r"/organisation/flags/([0-9a-f]{32})/settlement", steward(cast).get("/organisation").text)
    assert found
    answer = cast.fresh(by).post(found[0], data={"verdict": verdict})
    return answer.status_code, answer.text


def test_a_number_is_called_wrong_in_one_tap_and_the_steward_reads_which_and_not_who(cast: Cast, counted: str) -> None:
    page = cast.browser("Ana").get(f"/groups/{cast.groups['Willow'].uid}").text
    assert page.count("Ce nombre est faux") == 2
    assert f'name="number" value="{counted}"' in page
    status, page = call_wrong(cast, "Ana", counted)
    assert (status, THANKS in page) == (303, True)
    assert call_wrong(cast, "Ben", "size")[0] == 303
    shown = steward(cast).get("/organisation").text
    assert "Willow, séance du 10 mars\u00a0: 9 personnes présentes. Nombre signalé comme faux." in shown
    assert "Willow, le 11 mars\u00a0: 2 personnes dans le groupe. Nombre signalé comme faux." in shown
    assert not any(name in shown for name in ("Ana", "Ben", cast.people["Ana"].person.uid))
    assert flags(cast) == [("count", "2026-03-10", 9, None), ("size", "2026-03-11", 2, None)]


def test_one_person_does_it_once_in_a_season_and_nothing_is_saved_the_second_time(
    cast: Cast, counted: str, clock: Clock
) -> None:
    call_wrong(cast, "Ana", "size")
    before = content(cast)
    for number in ("size", counted):
        status, page = call_wrong(cast, "Ana", number)
        assert (status, AGAIN in page) == (422, True)
    assert content(cast) == before
    clock.advance(days=84, seconds=-1)
    assert call_wrong(cast, "Ana", "size")[0] == 422
    assert len(flags(cast)) == 1
    clock.advance(seconds=1)
    assert call_wrong(cast, "Ana", "size")[0] == 303


def test_only_who_takes_part_can_and_only_of_a_number_that_is_there(cast: Cast, counted: str) -> None:
    before = content(cast)
    for name, number in (("Fay", "size"), ("Cleo", "size"), ("Sam", "size"), ("Ana", "everything"), ("Ana", "")):
        assert call_wrong(cast, name, number)[0] == 404
    assert call_wrong(cast, "Cleo", counted, "Oak")[0] == 404
    assert call_wrong(cast, "Ana", workshops_of(cast, cast.groups["Willow"])[1].uid)[0] == 404  # nobody counted there
    address = f"/groups/{cast.groups['Willow'].uid}/flags"
    assert cast.stranger().post(address, data={"number": "size"}).status_code == 401
    assert content(cast) == before


def test_nothing_on_a_page_of_the_group_says_that_a_number_is_in_doubt(cast: Cast, counted: str) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    looked = {name: cast.browser(name).get(willow).text for name in ("Ana", "Ben", "Fay")}
    call_wrong(cast, "Ana", "size")
    assert {name: cast.browser(name).get(willow).text for name in looked} == looked


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_steward_settles_it_once_and_what_was_said_first_holds(cast: Cast, verdict: str) -> None:
    call_wrong(cast, "Ana", "size")
    assert settle(cast, "perhaps")[0] == 422
    assert flags(cast)[0][3] is None
    address = re.search(r"/organisation/flags/[0-9a-f]{32}/settlement", steward(cast).get("/organisation").text)[0]  # type: ignore[index]
    for said in (verdict, verdict, "right", "wrong"):
        assert steward(cast).post(address, data={"verdict": said}).status_code == 303
    assert flags(cast)[0][3] == verdict
    assert "Aucun nombre signalé n’attend de réponse." in steward(cast).get("/organisation").text
    for name in ("Ana", "Fay"):
        assert cast.browser(name).post(address, data={"verdict": "right"}).status_code == 404


def test_a_steward_who_runs_the_group_settles_nothing_even_after_leaving_the_team(cast: Cast, clock: Clock) -> None:
    call_wrong(cast, "Ana", "size")
    with cast.app.app_context(), transaction():
        db.session.add(Stewardship(person_id=cast.people["Fay"].person.id, since=cast.now))
    fay = cast.browser("Fay")
    assert OWN in fay.get("/organisation").text
    assert "settlement" not in fay.get("/organisation").text
    assert settle(cast, "right", by="Fay")[0] == 422
    clock.advance(hours=1)
    with cast.app.app_context(), transaction():
        db.session.query(Membership).filter_by(person_id=cast.people["Fay"].person.id).update({"ended_at": clock.now})
    status, page = settle(cast, "right", by="Fay")
    assert (status, OWN in page) == (422, True)
    assert flags(cast)[0][3] is None


def test_a_doubt_that_nobody_settles_in_28_days_is_settled_no_more(cast: Cast, clock: Clock) -> None:
    call_wrong(cast, "Ana", "size")
    page = steward(cast).get("/organisation").text
    address = re.search(r"/organisation/flags/[0-9a-f]{32}/settlement", page)[0]  # type: ignore[index]
    clock.advance(days=28)
    assert "settlement" not in steward(cast).get("/organisation").text
    assert cast.fresh("Sam").post(address, data={"verdict": "right"}).status_code == 404


def test_erasing_an_account_takes_its_name_off_a_doubt_and_leaves_the_doubt(cast: Cast) -> None:
    call_wrong(cast, "Ana", "size")
    cast.browser("Ana").post("/settings/erasure", data={})
    assert len(flags(cast)) == 1
    with cast.app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM flag_raiser")) == 0
