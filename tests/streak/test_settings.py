"""The forms of the thread: pace, pause, hiding. Each: it works, who may not, what is refused, what stays unchanged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.streak.lives import WEEK, Life, attributes, words
from wellbeing.db import db
from wellbeing.models.pace import Pace, Pause
from wellbeing.models.person import Person

DAY = timedelta(days=1)


def pauses(life: Life) -> list[tuple[str, str | None]]:
    with life.cast.app.app_context():
        found = db.session.scalars(select(Pause).order_by(Pause.id))
        return [(str(row.since), str(row.until) if row.until else None) for row in found]


def paces(life: Life) -> list[tuple[str, int]]:
    with life.cast.app.app_context():
        return [(str(row.from_monday), row.goal) for row in db.session.scalars(select(Pace))]


# --- pace -------------------------------------------------------------------------------------------------------------
def test_choosing_twice_in_a_week_keeps_the_last_choice(life: Life) -> None:
    life.live("")
    for goal in ("5", "5", "2"):
        assert life.ana.post("/streak", data={"goal": goal}).location == "/streak"
    assert paces(life) == [(str((life.monday + WEEK).date()), 2)]


@pytest.mark.parametrize("goal", ["4", "0", "-1", "", "trois", "3.0", "99999999999999999999"])
def test_a_pace_that_is_not_offered_is_refused(life: Life, goal: str) -> None:
    answer = life.ana.post("/streak", data={"goal": goal, "hidden": "yes"})
    assert answer.status_code == 422
    assert 'id="pace-error"' in answer.get_data(as_text=True)
    assert paces(life) == []
    assert "thread.show" not in life.page()
    assert "Masquer le fil" in words(life.page())


# --- pause ------------------------------------------------------------------------------------------------------------
def test_an_open_pause_lasts_until_one_resumes(life: Life) -> None:
    life.live("KK")
    life.ana.post("/streak/pause", data={"until": ""})
    assert pauses(life) == [(str(life.monday.date()), None)]
    life.clock.set(life.monday + 6 * WEEK + 2 * DAY)
    page = words(life.page())
    assert "Fil en pause. Rien n’est perdu. Reprenez quand vous voulez." in page
    assert attributes(life.page())["streak-state"] == "held"
    life.ana.post("/streak/pause/end")
    assert pauses(life) == [(str(life.monday.date()), str((life.monday + 6 * WEEK + DAY).date()))]
    assert "Fil en pause" not in words(life.page())
    life.ana.post("/streak/pause/end")
    assert len(pauses(life)) == 1
    life.workshop(life.monday + 6 * WEEK)
    life.workshop(life.monday + 7 * WEEK)
    life.clock.set(life.monday + 8 * WEEK)  # the week of the return was covered by two days, the next was not
    assert attributes(life.page())["regularity"] == "2/3"


def test_pausing_twice_moves_the_one_pause(life: Life) -> None:
    life.live("")
    for until in (life.monday + 3 * DAY, life.monday + 9 * DAY):
        life.ana.post("/streak/pause", data={"until": str(until.date())})
    assert pauses(life) == [(str(life.monday.date()), str((life.monday + 9 * DAY).date()))]


def test_a_pause_taken_back_the_same_day_has_not_been(life: Life) -> None:
    life.live("K")
    life.ana.post("/streak/pause")
    life.ana.post("/streak/pause/end")
    assert pauses(life) == []


@pytest.mark.parametrize("until", ["2025-12-31", "2026-01-11", "2027-02-01", "2026-02-30", "demain", "12/03/2026"])
def test_a_pause_that_ends_before_it_begins_is_refused_and_what_was_typed_stays(life: Life, until: str) -> None:
    life.live("")  # 12 January 2026
    answer = life.ana.post("/streak/pause", data={"until": until})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Cette date n’est pas valable. Choisissez-en une autre." in words(page)
    assert f'name="until" value="{until}"' in page
    assert 'aria-invalid="true" autofocus' in page
    assert pauses(life) == []


def test_a_pause_of_today_and_of_a_year_are_taken(life: Life) -> None:
    life.live("")
    for until in ("2026-01-12", "2027-01-12"):
        assert life.ana.post("/streak/pause", data={"until": until}).status_code == 303


def test_in_the_page_a_pause_changes_its_piece_and_the_thread(life: Life) -> None:
    life.live("KK")
    ana = life.cast.browser("Ana", **{"HX-Request": "true"})
    text = ana.post("/streak/pause", data={"until": ""}).get_data(as_text=True)
    assert text.lstrip().startswith('<section class="card" id="pause"')
    assert '<hx-partial hx-target="#thread"' in text
    refused = ana.post("/streak/pause", data={"until": "2020-01-01"})
    assert refused.status_code == 422
    assert "<html" not in refused.get_data(as_text=True)
    pace = ana.post("/streak", data={"goal": "5"}).get_data(as_text=True)
    assert pace.lstrip().startswith('<form class="card form" id="pace"')
    assert "lundi prochain" in pace


# --- hiding -----------------------------------------------------------------------------------------------------------
def test_hidden_is_hidden_everywhere_and_the_totals_stay(life: Life) -> None:
    life.live("KK")
    life.note(life.monday)
    shown = attributes(life.page())
    assert life.ana.post("/streak", data={"hidden": "yes"}).status_code == 303
    page = life.page()
    assert attributes(page) == {"total-workshops": "2", "total-days": "1"}
    assert "Le fil est masqué partout. Vos totaux restent." in words(page)
    assert "Séances en tout\u00a0: 2" in words(page)
    assert "Votre fil\u00a0:" not in words(page)
    assert "strand" not in page
    assert attributes(life.page("/")) == {}
    life.ana.post("/streak", data={"hidden": "no"})
    assert attributes(life.page()) == shown


def test_only_a_yes_or_a_no_hides_or_shows(life: Life) -> None:
    assert life.ana.post("/streak", data={"hidden": "maybe"}).status_code == 422
    with life.cast.app.app_context():
        assert set(db.session.scalars(select(Person.thread_hidden))) == {False}


# --- whose ------------------------------------------------------------------------------------------------------------
def test_nobody_signed_out_reaches_a_thread(life: Life) -> None:
    stranger = life.cast.stranger()
    assert stranger.get("/streak").location == "/sign-in?next=/streak"
    for address in ("/streak", "/streak/pause", "/streak/pause/end"):
        assert stranger.post(address, data={"goal": "1", "hidden": "yes"}).status_code == 401
    assert pauses(life) == paces(life) == []


def test_a_persons_choices_are_theirs_alone(life: Life) -> None:
    life.live("KK")
    cleo = life.page(name="Cleo")
    life.ana.post("/streak", data={"goal": "1", "hidden": "yes"})
    life.ana.post("/streak/pause")
    assert life.page(name="Cleo") == cleo
    assert attributes(cleo)["streak"] == "2"


def test_a_pause_started_by_one_is_not_ended_by_another(life: Life) -> None:
    life.live("K")
    life.ana.post("/streak/pause")
    life.cast.browser("Cleo").post("/streak/pause/end")
    assert len(pauses(life)) == 1


def test_only_forms_sent_once_are_read(life: Life) -> None:
    assert life.ana.post("/streak", json={"goal": 3}).status_code == 415
    assert life.ana.post("/streak", data={"goal": ["1", "2"]}).status_code == 422
    assert paces(life) == []
