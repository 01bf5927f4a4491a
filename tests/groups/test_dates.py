"""A season is shown before it is saved, keeps its hour when the clocks change, and a date can be called off in time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import SEASON, attribute, content, created, is_cancelled, workshops_of
from wellbeing.domain import codes
from wellbeing.models.workshop import Workshop


def starts(workshops: list[Workshop]) -> list[str]:
    return [f"{workshop.starts_at:%d/%m %H:%M}" for workshop in workshops]


def cancelled(cast: Cast, workshop: Workshop, path: str = "", name: str = "Fay") -> int:
    group = cast.groups["Willow"].uid
    return cast.browser(name).post(f"/groups/{group}/workshops/{workshop.uid}/cancellation{path}").status_code


def tomorrow(cast: Cast) -> Workshop:
    return workshops_of(cast, cast.groups["Willow"])[1]


def test_a_season_keeps_its_hour_when_the_clocks_change(cast: Cast) -> None:
    group = created(cast)
    answer = cast.browser("Fay").post(f"/groups/{group.uid}/workshops", data=SEASON)
    assert (answer.status_code, answer.location) == (303, f"/groups/{group.uid}")
    made = workshops_of(cast, group)
    assert starts(made) == ["19/03 17:30", "26/03 17:30", "02/04 16:30", "09/04 16:30"]
    assert [workshop.local_date.isoformat() for workshop in made][-1] == "2026-04-09"
    assert {workshop.minutes for workshop in made} == {120}
    assert len({workshop.check_in_code_hash for workshop in made}) == 4


def test_the_preview_lists_the_dates_and_writes_nothing(cast: Cast) -> None:
    group = created(cast)
    before = content(cast)
    page = cast.browser("Fay").post(f"/groups/{group.uid}/workshops/preview", data=SEASON)
    assert page.status_code == 200
    assert "Séances prévues\u00a0: 4. Retirées pour les vacances\u00a0: 0." in page.text
    for day in ("19 mars 2026", "26 mars 2026", "2 avril 2026", "9 avril 2026"):
        assert day in page.text
    assert "Enregistrer ces dates" in page.text
    for name, value in SEASON.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page.text
    assert content(cast) == before


def test_the_same_season_twice_is_one_season(cast: Cast) -> None:
    group = created(cast)
    fay = cast.browser("Fay")
    for _ in range(2):
        assert fay.post(f"/groups/{group.uid}/workshops", data=SEASON).status_code == 303
    assert len(workshops_of(cast, group)) == 4
    again = fay.post(f"/groups/{group.uid}/workshops/preview", data=SEASON).text
    assert "Toutes ces dates sont déjà prévues." in again


@pytest.mark.parametrize(
    ("repeat", "until", "days"),
    [
        ("none", "", ["19/03"]),
        ("fortnightly", "2026-04-30", ["19/03", "02/04", "16/04"]),
        ("monthly", "2026-06-30", ["19/03", "16/04", "21/05", "18/06"]),
    ],
)
def test_each_rhythm_gives_its_dates(cast: Cast, repeat: str, until: str, days: list[str]) -> None:
    group = created(cast)
    cast.browser("Fay").post(f"/groups/{group.uid}/workshops", data={**SEASON, "repeat": repeat, "until": until})
    assert [f"{workshop.local_date:%d/%m}" for workshop in workshops_of(cast, group)] == days


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts_on": "2026-02-30"}, "Cette date n’est pas valable."),
        ({"starts_on": ""}, "Cette date n’est pas valable."),
        ({"starts_at": "25:00"}, "Cette date n’est pas valable."),
        ({"minutes": "0"}, "Une séance dure de 5 minutes à 4 jours."),
        ({"minutes": "long"}, "Une séance dure de 5 minutes à 4 jours."),
        ({"minutes": "5761"}, "Une séance dure de 5 minutes à 4 jours."),
        ({"repeat": "daily"}, "Choisissez une des réponses proposées."),
        ({"until": "2026-03-01"}, "La date de fin vient avant la première séance."),
        ({"until": ""}, "Des séances qui se répètent demandent une date de fin, ou un nombre de séances."),
        ({"until": "2030-03-01"}, "Les séances se prévoient sur deux ans au plus."),
        ({"title": "t" * 121}, "Ce nom dépasse 120 caractères."),
    ],
)
def test_an_impossible_season_is_said_and_stays_in_the_form(cast: Cast, changed: dict[str, str], sentence: str) -> None:
    group = created(cast)
    for path in ("workshops", "workshops/preview"):
        answer = cast.browser("Fay").post(f"/groups/{group.uid}/{path}", data={**SEASON, **changed})
        assert answer.status_code == 422
        assert sentence in answer.text.replace("\u00a0", " ")
        assert 'value="18:30"' in answer.text or "starts_at" in changed
    assert workshops_of(cast, group) == []


def test_a_season_without_a_title_is_called_as_the_group(cast: Cast) -> None:
    group = created(cast)
    cast.browser("Fay").post(f"/groups/{group.uid}/workshops", data={**SEASON, "title": ""})
    assert {workshop.title for workshop in workshops_of(cast, group)} == {"Danse du jeudi"}


def test_a_date_is_called_off_in_three_taps_and_brought_back(cast: Cast) -> None:
    group, workshop = cast.groups["Willow"].uid, tomorrow(cast)
    fay = cast.browser("Fay")
    date = f"/groups/{group}/workshops/{workshop.uid}"
    assert f'href="{date}"' in fay.get(f"/groups/{group}").text
    assert f'href="{date}/cancellation"' in fay.get(date).text
    asked = fay.get(f"{date}/cancellation").text
    assert "L’annulation ne pèse sur le fil de personne." in asked
    assert not is_cancelled(cast, workshop)
    assert [cancelled(cast, workshop) for _ in range(2)] == [303, 303]
    assert is_cancelled(cast, workshop)
    assert "Séance annulée" in cast.browser("Ana").get(f"/groups/{group}").text
    assert "Rétablir cette séance" in fay.get(date).text
    assert [cancelled(cast, workshop, "/end") for _ in range(2)] == [303, 303]
    assert not is_cancelled(cast, workshop)


def test_a_cancellation_is_taken_back_until_the_hour_of_the_start(cast: Cast, clock: Clock) -> None:
    workshop = tomorrow(cast)
    assert cancelled(cast, workshop) == 303
    clock.set(workshop.starts_at)
    group = cast.groups["Willow"].uid
    answer = cast.browser("Fay").post(f"/groups/{group}/workshops/{workshop.uid}/cancellation/end")
    assert answer.status_code == 422
    assert "elle ne se rétablit plus" in answer.text
    assert is_cancelled(cast, workshop)


def test_a_workshop_that_took_place_stays(cast: Cast, clock: Clock) -> None:
    workshop = tomorrow(cast)
    clock.set(workshop.starts_at + timedelta(minutes=workshop.minutes))
    assert cancelled(cast, workshop) == 422
    group = cast.groups["Willow"].uid
    assert "Annuler cette séance" not in cast.browser("Fay").get(f"/groups/{group}/workshops/{workshop.uid}").text
    assert not is_cancelled(cast, workshop)


def test_a_workshop_that_was_counted_stays(cast: Cast, clock: Clock) -> None:
    workshop = tomorrow(cast)
    clock.set(workshop.starts_at + timedelta(minutes=5))
    group = cast.groups["Willow"].uid
    counted = cast.browser("Fay").post(f"/groups/{group}/workshops/{workshop.uid}/headcount", data={"present": "4"})
    assert counted.status_code == 303
    assert cancelled(cast, workshop) == 422
    assert not is_cancelled(cast, workshop)


def test_another_groups_facilitator_changes_none_of_it(cast: Cast) -> None:
    workshop = tomorrow(cast)
    before = content(cast)
    for name in ("Gus", "Ana", "Sam"):
        assert cancelled(cast, workshop, name=name) == 404
        group = cast.groups["Willow"].uid
        assert cast.browser(name).post(f"/groups/{group}/workshops", data=SEASON).status_code == 404
        assert cast.browser(name).post(f"/groups/{group}/workshops/preview", data=SEASON).status_code == 404
    assert cast.stranger().post(f"/groups/{group}/workshops", data=SEASON).status_code == 401
    assert content(cast) == before


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (timedelta(minutes=-61), False),
        (timedelta(minutes=-60), True),
        (timedelta(minutes=90, hours=24), True),
        (timedelta(minutes=91, hours=24), False),
    ],
)
def test_the_code_of_a_workshop_is_at_hand_while_it_opens(
    cast: Cast, clock: Clock, moment: timedelta, shown: bool
) -> None:
    group, workshop = cast.groups["Willow"], workshops_of(cast, cast.groups["Willow"])[2]
    clock.set(workshop.starts_at + moment)
    page = cast.browser("Fay").get(f"/groups/{group.uid}").text
    code = codes.grouped(cast.codes[workshop.uid])
    assert (code in re.findall(r'data-check-in-code="([^"]+)"', page)) is shown
    assert "data-check-in-code" not in cast.browser("Ana").get(f"/groups/{group.uid}").text


def test_a_code_drawn_here_checks_people_in(cast: Cast, clock: Clock) -> None:
    group = created(cast)
    fay = cast.browser("Fay")
    fay.post(f"/groups/{group.uid}/workshops", data={**SEASON, "repeat": "none"})
    (workshop,) = workshops_of(cast, group)
    clock.set(datetime.fromisoformat("2026-03-19T18:45+01:00"))
    code = attribute(fay.get(f"/groups/{group.uid}").text, "data-check-in-code") or ""
    ana = cast.browser("Ana")
    join = attribute(fay.get(f"/groups/{group.uid}/poster").text, "data-join-code")
    assert ana.post("/join", data={"code": join}).location == f"/groups/{group.uid}"
    assert workshop.title in ana.get(f"/c/{code}").text
    assert ana.post(f"/c/{code}").status_code == 303
