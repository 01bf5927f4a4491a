"""A date moves in three taps and stays the same date: its code, its place in people's thread, what was said of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import content, is_cancelled, workshops_of
from wellbeing.db import db
from wellbeing.models.workshop import Slot, Workshop

STAGE = {"title": "Stage", "starts_on": "2026-03-28", "starts_at": "10:00", "minutes": "420", "repeat": "stage",
         "slot_on": "2026-03-29", "slot_at": "10:00", "slot_minutes": "360"}  # fmt: skip
ELSEWHERE = {"starts_on": "2026-03-20", "starts_at": "19:15", "minutes": "60"}


def tomorrow(cast: Cast) -> Workshop:
    return workshops_of(cast, cast.groups["Willow"])[1]


def again(cast: Cast, workshop: Workshop) -> Workshop:
    with cast.app.app_context():
        return db.session.get_one(Workshop, workshop.id)


def address(cast: Cast, workshop: Workshop) -> str:
    return f"/groups/{cast.groups['Willow'].uid}/workshops/{workshop.uid}"


def moved(cast: Cast, workshop: Workshop, name: str = "Fay", **form: object) -> tuple[int, str]:
    answer = cast.browser(name).post(f"{address(cast, workshop)}/time", data=ELSEWHERE | form)
    return answer.status_code, answer.text.replace("\u00a0", " ")


def test_three_taps_move_a_date(cast: Cast) -> None:
    fay, date = cast.browser("Fay"), tomorrow(cast)
    here = address(cast, date)
    assert f'href="{here}"' in fay.get(f"/groups/{cast.groups['Willow'].uid}").text
    assert f'href="{here}/time"' in fay.get(here).text
    form = fay.get(f"{here}/time").text
    assert 'value="2026-03-12"' in form
    answer = fay.post(f"{here}/time", data=ELSEWHERE)
    assert (answer.status_code, answer.location) == (303, f"{here}?said=fac.moved")
    page = fay.get(answer.location).text.replace("\u00a0", " ")
    assert "La séance est déplacée." in page
    assert "vendredi 20 mars 2026, 19 h 15" in page.lower()
    found = again(cast, date)
    assert (found.starts_at.isoformat(), found.minutes) == ("2026-03-20T18:15:00+00:00", 60)
    assert found.local_date.isoformat() == "2026-03-20"
    assert (found.uid, found.check_in_code_hash) == (date.uid, date.check_in_code_hash)
    assert "vendredi 20 mars" in cast.browser("Ana").get(f"/workshops/{date.uid}").text


def test_each_move_cancellation_and_restoring_is_one_revision_and_twice_is_once(cast: Cast) -> None:
    fay, date = cast.browser("Fay"), tomorrow(cast)
    assert date.revision == 0
    for _ in range(2):
        assert moved(cast, date)[0] == 303
    assert again(cast, date).revision == 1
    for path, revision in (("/cancellation", 2), ("/cancellation/end", 3)):
        for _ in range(2):
            assert fay.post(f"{address(cast, date)}{path}").status_code == 303
        assert again(cast, date).revision == revision
    as_it_is = {"starts_on": "2026-03-20", "starts_at": "19:15:00", "minutes": "60"}
    assert moved(cast, date, **as_it_is)[0] == 303
    assert again(cast, date).revision == 3


def test_a_date_keeps_its_hour_when_it_moves_over_a_change_of_clocks(cast: Cast) -> None:
    date = tomorrow(cast)
    moved(cast, date, starts_on="2026-03-30", starts_at="18:30")
    assert again(cast, date).starts_at.isoformat() == "2026-03-30T16:30:00+00:00"


def test_the_code_opens_at_the_new_hour_and_the_week_is_the_new_one(cast: Cast, clock: Clock) -> None:
    date, ana = tomorrow(cast), cast.browser("Ana")
    code = cast.codes[date.uid]
    moved(cast, date)
    clock.set(date.starts_at)
    assert ana.post(f"/c/{code}").status_code == 422
    clock.set(again(cast, date).starts_at)
    assert ana.post(f"/c/{code}").status_code == 303
    page = ana.get("/streak").text
    assert 'data-total-workshops="1"' in page
    assert 'data-streak="1"' in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"starts_on": "2026-03-10"}, "Ce moment est déjà passé."),
        ({"starts_on": "2026-02-30"}, "Cette date n’est pas valable."),
        ({"starts_at": "soir"}, "Cette date n’est pas valable."),
        ({"minutes": "4"}, "Une séance dure de 5 minutes à 4 jours."),
        ({"minutes": "long"}, "Une séance dure de 5 minutes à 4 jours."),
        ({"taken": "1"}, "Le groupe a déjà une séance à ce moment."),
    ],
)
def test_what_cannot_be_is_said_and_the_date_stays(cast: Cast, form: dict[str, str], sentence: str) -> None:
    date, other = workshops_of(cast, cast.groups["Willow"])[1:3]
    if form.pop("taken", None):
        form |= {
            "starts_on": other.local_date.isoformat(),
            "starts_at": f"{other.starts_at + timedelta(hours=1):%H:%M}",
        }
    before = content(cast)
    status, page = moved(cast, date, **form)
    assert status == 422
    assert sentence in page
    assert all(f'value="{typed}"' in page for typed in (ELSEWHERE | form).values())
    assert content(cast) == before


def test_a_date_that_began_stays_where_it_is(cast: Cast, clock: Clock) -> None:
    date = tomorrow(cast)
    clock.set(date.starts_at)
    assert "/time" not in cast.browser("Fay").get(address(cast, date)).text
    status, page = moved(cast, date)
    assert status == 422
    assert "Cette séance a commencé : elle ne se déplace plus." in page
    assert again(cast, date).starts_at == date.starts_at


def test_once_its_code_is_open_a_date_may_be_later_but_not_on_another_day(cast: Cast, clock: Clock) -> None:
    """Somebody may be there already, which the team cannot know: nobody's presence is carried into another week."""
    date = tomorrow(cast)
    clock.set(date.starts_at - timedelta(minutes=30))
    assert cast.browser("Ana").post(f"/c/{cast.codes[date.uid]}").status_code == 303
    status, page = moved(cast, date)
    assert status == 422
    assert "l’heure peut changer, le jour non" in page
    later = date.starts_at + timedelta(hours=1, minutes=15)  # in Paris: a quarter of an hour later
    assert moved(cast, date, starts_on=f"{later:%Y-%m-%d}", starts_at=f"{later:%H:%M}")[0] == 303
    assert again(cast, date).starts_at == date.starts_at + timedelta(minutes=15)


def test_a_cancelled_date_is_restored_before_it_moves(cast: Cast) -> None:
    date = tomorrow(cast)
    cast.browser("Fay").post(f"{address(cast, date)}/cancellation")
    assert "/time" not in cast.browser("Fay").get(address(cast, date)).text
    status, page = moved(cast, date)
    assert status == 422
    assert "rétablissez-la d’abord" in page
    assert is_cancelled(cast, date)
    assert again(cast, date).starts_at == date.starts_at


def test_a_stage_moves_with_all_its_parts(cast: Cast) -> None:
    willow, fay = cast.groups["Willow"], cast.browser("Fay")
    fay.post(f"/groups/{willow.uid}/workshops", data=STAGE)
    stage = workshops_of(cast, willow)[-1]
    form = fay.get(f"{address(cast, stage)}/time").text
    rows = re.findall(r'name="(?:starts|slot)_on"[^>]*value="([^"]*)"', form)
    assert rows == ["2026-03-28", "2026-03-29", ""]
    sooner = {"starts_on": "2026-03-21", "starts_at": "10:00", "minutes": "420", "slot_on": "2026-03-22",
              "slot_at": "10:00", "slot_minutes": "360"}  # fmt: skip
    assert moved(cast, stage, **sooner)[0] == 303
    with cast.app.app_context():
        parts = [f"{part.starts_at:%d %H:%M}" for part in db.session.query(Slot)]
    assert parts == ["21 09:00", "22 09:00"]
    assert again(cast, stage).minutes == 30 * 60
    assert moved(cast, stage, **sooner)[0] == 303
    assert again(cast, stage).revision == 1


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_whoever_does_not_run_the_group_moves_nothing(cast: Cast, name: str) -> None:
    date = tomorrow(cast)
    before = content(cast)
    assert moved(cast, date, name)[0] == 404
    assert cast.browser(name).get(f"{address(cast, date)}/time").status_code == 404
    assert cast.stranger().post(f"{address(cast, date)}/time", data=ELSEWHERE).status_code == 401
    assert content(cast) == before
