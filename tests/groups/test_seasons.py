"""A season in one form: every date is seen before it is saved, and what was ticked is what is saved."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import content, created, workshops_of
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.workshop import Slot

SPRING = {"title": "Danse", "starts_on": "2026-03-19", "starts_at": "18:30", "minutes": "120", "repeat": "weekly",
          "until": "2026-06-30"}  # fmt: skip
STAGE = {"title": "Stage", "starts_on": "2026-03-28", "starts_at": "10:00", "minutes": "420", "repeat": "stage",
         "slot_on": ["2026-03-29", ""], "slot_at": ["10:00", ""], "slot_minutes": ["360", ""]}  # fmt: skip
TICK = re.compile(r'name="ticked" value="([^"]+)" (checked)?')


def preview(cast: Cast, group: Group, **form: object) -> str:
    answer = cast.browser("Fay").post(f"/groups/{group.uid}/workshops/preview", data=form)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def days(cast: Cast, group: Group) -> list[str]:
    return [workshop.local_date.isoformat() for workshop in workshops_of(cast, group)]


def save(cast: Cast, group: Group, **form: object) -> tuple[int, str]:
    answer = cast.browser("Fay").post(f"/groups/{group.uid}/workshops", data=form)
    return answer.status_code, answer.text.replace("\u00a0", " ")


def test_the_preview_shows_each_date_that_holidays_take_and_names_public_ones(cast: Cast) -> None:
    group = created(cast)
    before = content(cast)
    page = preview(cast, group, **SPRING)
    assert "Séances prévues : 13. Retirées pour les vacances : 2." in page
    assert '<div class="status" id="status" role="status" data-trouble></div>' in page  # nothing is said to be done
    ticks = dict(TICK.findall(page))
    assert len(ticks) == 15
    assert [day for day, tick in ticks.items() if not tick] == ["2026-04-23", "2026-04-30"]
    assert page.index("jeudi 30 avril 2026") > page.index("Retirées pour les vacances</legend>")
    assert page.count("Jour férié : ") == 1
    assert re.search(r"jeudi 14 mai 2026</strong>\s*<small>\s*18 h 30\s*· Jour férié : Ascension", page)
    assert content(cast) == before


def test_a_saturday_on_which_holidays_begin_is_kept_and_said(cast: Cast) -> None:
    page = preview(cast, created(cast), **SPRING | {"starts_on": "2026-04-11", "until": "2026-05-09"})
    assert "Séances prévues : 3. Retirées pour les vacances : 2." in page
    assert page.count("Dernier jour d’école avant les vacances") == 1


def test_what_is_ticked_is_what_is_saved(cast: Cast) -> None:
    group = created(cast)
    chosen = ["2026-03-19", "2026-04-30", "2026-06-25"]  # one that holidays had taken; the others were left out
    assert save(cast, group, **SPRING, asked="ticked", ticked=chosen)[0] == 303
    assert days(cast, group) == chosen
    assert save(cast, group, **SPRING, asked="ticked", ticked=chosen)[0] == 303
    assert days(cast, group) == chosen


def test_nothing_ticked_saves_nothing_and_says_so(cast: Cast) -> None:
    group = created(cast)
    status, page = save(cast, group, **SPRING, asked="ticked")
    assert status == 422
    assert "Aucune date n’est cochée." in page
    assert "Retirées pour les vacances : 2." in page  # the preview again, nothing ticked in it
    assert {tick for _, tick in TICK.findall(page)} == {""}
    assert days(cast, group) == []


@pytest.mark.parametrize("day", ["2026-03-20", "2026-07-02", "tomorrow"])
def test_a_date_that_the_season_does_not_have_is_refused(cast: Cast, day: str) -> None:
    group = created(cast)
    assert save(cast, group, **SPRING, asked="ticked", ticked=["2026-03-19", day])[0] == 422
    assert days(cast, group) == []


def test_so_many_times_are_so_many_evenings_after_the_holidays_too(cast: Cast) -> None:
    group = created(cast)
    counted = SPRING | {"starts_on": "2026-04-09", "until": "", "count": "4"}
    page = preview(cast, group, **counted)
    assert "Séances prévues : 4. Retirées pour les vacances : 2." in page
    assert 'type="hidden" name="count" value="4"' in page
    assert save(cast, group, **counted)[0] == 303
    assert days(cast, group) == ["2026-04-09", "2026-04-16", "2026-05-07", "2026-05-14"]


def test_listed_dates_are_a_season_and_holidays_take_theirs(cast: Cast) -> None:
    group = created(cast)
    listed = SPRING | {"repeat": "dates", "until": "", "dates": ["2026-05-08", "", "2026-04-22", "2026-05-08"]}
    page = preview(cast, group, **listed)
    assert "Séances prévues : 2. Retirées pour les vacances : 1." in page
    assert page.count('type="hidden" name="dates"') == 2
    assert "Fête de la Victoire" in page
    assert save(cast, group, **listed)[0] == 303
    assert days(cast, group) == ["2026-03-19", "2026-05-08"]


def test_more_rows_keep_what_was_typed_and_write_nothing(cast: Cast) -> None:
    group = created(cast)
    before = content(cast)
    page = preview(cast, group, **SPRING | {"repeat": "dates", "dates": ["2026-05-08"], "more": "1"})
    rows = re.findall(r'name="dates" type="date" value="([^"]*)"[^>]*?(autofocus)?>', page)
    assert rows == [("2026-05-08", ""), ("", "autofocus"), *[("", "")] * 5]
    page = preview(cast, group, **STAGE | {"more": "1"})
    assert re.findall(r'name="slot_on" type="date" value="([^"]*)"', page) == ["2026-03-29", "", "", ""]
    page = preview(cast, group, **SPRING | {"repeat": "stage", "slot_on": ["", ""], "more": "1"})
    assert page.count('name="slot_on" type="date"') == 4
    assert content(cast) == before


def test_one_date_in_the_holidays_was_meant(cast: Cast) -> None:
    group = created(cast)
    once = SPRING | {"starts_on": "2026-04-23", "repeat": "none", "until": ""}
    page = preview(cast, group, **once)
    assert "Séances prévues : 1." in page
    assert "Pendant les vacances scolaires" in page
    assert save(cast, group, **once)[0] == 303
    assert days(cast, group) == ["2026-04-23"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"count": "3"}, "Choisissez une date de fin ou un nombre de séances, pas les deux."),
        ({"until": "", "count": "0"}, "Écrivez un nombre de séances, de 1 à 100."),
        ({"until": "", "count": "dix"}, "Écrivez un nombre de séances, de 1 à 100."),
        ({"until": "", "count": "100", "repeat": "fortnightly"}, "Les séances se prévoient sur deux ans au plus."),
        ({"repeat": "dates", "dates": ["2026-04-31"]}, "Cette date n’est pas valable."),
        ({"repeat": "dates", "dates": ["2029-04-30"]}, "Les séances se prévoient sur deux ans au plus."),
        ({**STAGE, "slot_on": ["2026-03-28"], "slot_at": ["16:00"], "slot_minutes": ["60"]}, "Deux moments se chev"),
        ({**STAGE, "slot_on": ["2026-04-04"]}, "Un moment dure de 5 minutes à 24 heures"),
        ({**STAGE, "slot_minutes": ["", ""]}, "Un moment dure de 5 minutes à 24 heures"),
        ({**STAGE, "slot_at": ["25:00", ""]}, "Cette date n’est pas valable."),
    ],
)
def test_what_cannot_be_is_said_beside_it_and_stays_typed(
    cast: Cast, changed: dict[str, object], sentence: str
) -> None:
    group = created(cast)
    form = SPRING | changed
    for path in ("workshops", "workshops/preview"):
        answer = cast.browser("Fay").post(f"/groups/{group.uid}/{path}", data=form)
        assert answer.status_code == 422
        assert sentence in answer.text.replace("\u00a0", " ")
        for name in ("dates", "slot_on", "slot_at"):
            assert all(f'value="{typed}"' in answer.text for typed in form.get(name, ()))  # type: ignore[attr-defined]
    assert days(cast, group) == []


def test_a_season_beyond_what_is_known_is_saved_and_said(cast: Cast) -> None:
    group = created(cast)
    far = SPRING | {"starts_on": "2028-08-24", "until": "2028-09-14"}
    page = preview(cast, group, **far)
    assert "Après le jeudi 31 août 2028, les vacances scolaires ne sont pas encore connues" in page
    assert "Séances prévues : 2. Retirées pour les vacances : 2." in page
    fay = cast.browser("Fay")
    answer = fay.post(f"/groups/{group.uid}/workshops", data=far)
    assert (answer.status_code, answer.location) == (303, f"/groups/{group.uid}?said=fac.saved_unknown")
    assert "Les vacances scolaires ne sont pas encore toutes connues à ces dates." in fay.get(answer.location).text
    assert days(cast, group) == ["2028-09-07", "2028-09-14"]
    assert "ne sont pas encore connues" not in preview(cast, group, **SPRING)


# --- a stage ----------------------------------------------------------------------------------------------------------
def test_a_stage_is_one_workshop_with_its_parts(cast: Cast) -> None:
    group = created(cast)
    page = preview(cast, group, **STAGE)
    assert "Séances prévues : 1." in page
    assert "du samedi 28 mars au dimanche 29 mars 2026" in page
    for _ in range(2):
        assert save(cast, group, **STAGE)[0] == 303
    (stage,) = workshops_of(cast, group)
    assert (stage.starts_at.isoformat(), stage.minutes) == ("2026-03-28T09:00:00+00:00", 29 * 60)
    with cast.app.app_context():
        parts = [(f"{part.starts_at:%d %H:%M}", part.minutes) for part in db.session.query(Slot)]
    assert parts == [("28 09:00", 420), ("29 08:00", 360)]  # the clocks went forward in the night
    seen = cast.browser("Fay").get(f"/groups/{group.uid}/workshops/{stage.uid}").text.replace("\u00a0", " ")
    assert "samedi 28 mars, de 10 h 00 à 17 h 00" in seen
    assert "dimanche 29 mars, de 10 h 00 à 16 h 00" in seen


def test_people_see_the_days_of_a_stage_and_answer_once(cast: Cast, clock: Clock) -> None:
    with cast.app.app_context(), transaction():
        db.session.get_one(Group, cast.groups["Willow"].id).holiday_zone = "C"
    willow, fay, ana = cast.groups["Willow"], cast.browser("Fay"), cast.browser("Ana")
    fay.post(f"/groups/{willow.uid}/workshops", data=STAGE)
    stage = workshops_of(cast, willow)[-1]
    clock.set(stage.starts_at - timedelta(hours=8))
    days_of_it = "du samedi 28 mars au dimanche 29 mars"
    assert f"Prochaine séance : {days_of_it}, 10 h 00" in ana.get("/").text.replace("\u00a0", " ")
    assert "10 h 00, jusqu’au dimanche 29 mars" in ana.get("/workshops").text.replace("\u00a0", " ")
    own = ana.get(f"/workshops/{stage.uid}").text.replace("\u00a0", " ")
    assert "dimanche 29 mars, de 10 h 00 à 16 h 00" in own
    code = fay.get(f"/groups/{willow.uid}/workshops/{stage.uid}").text
    code = re.findall(r'data-check-in-code="([^"]+)"', code)[0]
    clock.set(stage.starts_at - timedelta(minutes=61))
    assert ana.post(f"/c/{code}").status_code == 422
    clock.set(stage.starts_at + timedelta(minutes=stage.minutes, hours=24))
    assert ana.post(f"/c/{code}").status_code == 303  # until a day after the last part
    invited = ana.get("/").text
    assert invited.count("/after") >= 1
    assert invited.count(f'id="invitation-{stage.uid}"') == 1
    assert days_of_it in invited
    clock.advance(minutes=1)
    assert cast.browser("Ben").post(f"/c/{code}").status_code == 422


# --- holidays that a team types ---------------------------------------------------------------------------------------
WINTER = {"leaves_on": ["2026-02-14", "2026-04-18", ""], "returns_on": ["2026-03-02", "2026-05-04", ""]}


def test_a_territory_types_its_holidays_once_and_keeps_them(cast: Cast) -> None:
    group = created(cast, holiday_zone="corse")
    fay, dates = cast.browser("Fay"), f"/groups/{group.uid}/workshops"
    assert "Les vacances scolaires ne sont pas encore connues ici" in preview(cast, group, **SPRING)
    assert "Vacances scolaires\u00a0: Corse" in fay.get(dates).text
    answer = fay.post(f"/groups/{group.uid}/holidays", data=WINTER)
    assert (answer.status_code, answer.location) == (303, f"{dates}?said=saved.ok")
    page = fay.get(dates).text
    assert all(f'value="{day}"' in page for day in WINTER["leaves_on"] + WINTER["returns_on"] if day)
    seen = preview(cast, group, **SPRING | {"until": "2026-05-04"})
    assert "Séances prévues : 5. Retirées pour les vacances : 2." in seen
    assert "ne sont pas encore connues" not in seen
    assert "Après le lundi 4 mai 2026" in preview(cast, group, **SPRING)
    fay.post(f"/groups/{group.uid}/holidays", data={"leaves_on": "", "returns_on": ""})
    assert "Retirées pour les vacances : 0." in preview(cast, group, **SPRING)


@pytest.mark.parametrize(
    ("leaves_on", "returns_on"),
    [("2026-02-14", ""), ("", "2026-03-02"), ("2026-03-02", "2026-02-14"), ("2026-02-14", "2026-02-14"),
     ("2026-02-14", "2026-12-01"), ("hier", "2026-03-02")],
)  # fmt: skip
def test_half_a_range_is_refused_and_stays_typed(cast: Cast, leaves_on: str, returns_on: str) -> None:
    group = created(cast, holiday_zone="corse")
    fay, holidays = cast.browser("Fay"), f"/groups/{group.uid}/holidays"
    fay.post(holidays, data=WINTER)
    before = content(cast)
    answer = fay.post(holidays, data={"leaves_on": leaves_on, "returns_on": returns_on})
    assert answer.status_code == 422
    assert "Une période demande deux dates" in answer.text
    assert f'value="{leaves_on}"' in answer.text
    assert content(cast) == before


def test_a_group_of_a_known_zone_types_nothing(cast: Cast) -> None:
    group = created(cast)
    page = cast.browser("Fay").get(f"/groups/{group.uid}/workshops").text
    assert "/holidays" not in page
    assert "Les vacances de la zone C sont retirées." in page


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_nobody_else_types_a_groups_holidays(cast: Cast, name: str) -> None:
    group = created(cast, holiday_zone="corse")
    before = content(cast)
    assert cast.browser(name).post(f"/groups/{group.uid}/holidays", data=WINTER).status_code == 404
    assert cast.stranger().post(f"/groups/{group.uid}/holidays", data=WINTER).status_code == 401
    assert content(cast) == before
