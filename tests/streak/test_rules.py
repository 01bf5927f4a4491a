"""Rules 1 to 6, 11 to 13 and the cancellation, lived through the pages."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.journal.record import weeks
from tests.streak.lives import WEEK, Life, attributes, words
from tests.workshops.presences import cancel
from wellbeing.db import db, transaction
from wellbeing.domain.days import monday_of
from wellbeing.journal.operations.weeks import recount
from wellbeing.models.entry import Entry

DAY = timedelta(days=1)


# --- kept -------------------------------------------------------------------------------------------------------------
def test_as_many_days_as_the_pace_says_keep_a_week_and_one_less_does_not(life: Life) -> None:
    life.live("K")
    life.note_days(life.monday, 2)
    assert attributes(life.page())["streak"] == "1"
    life.note(life.monday + DAY, mood=5)  # a second mood the same day earns nothing
    assert attributes(life.page())["streak"] == "1"
    life.note(life.monday + 2 * DAY)
    assert attributes(life.page())["streak"] == "2"
    life.check_in()  # one kept week per week
    assert attributes(life.page())["streak"] == "2"


@pytest.mark.parametrize("moods", [(1, 1, 1), (5, 5, 5)])
def test_what_one_feels_makes_no_difference(life: Life, moods: tuple[int, ...]) -> None:
    life.live("K")
    for later, mood in enumerate(moods):
        life.note(life.monday + later * DAY, mood=mood)
    assert attributes(life.page()) == {
        "streak": "2", "streak-state": "held", "longest": "2", "total-workshops": "1", "total-days": "3",
        "regularity": "2/2",
    }  # fmt: skip


@pytest.mark.parametrize("goal", [1, 2, 3, 5, 7])
def test_a_new_pace_starts_next_monday_and_changes_no_week_before(life: Life, goal: int) -> None:
    life.live("")
    life.note_days(life.monday, 3)
    before = attributes(life.page())
    assert before["streak"] == "1"
    assert life.ana.post("/streak", data={"goal": str(goal)}).status_code == 303
    assert attributes(life.page()) == before
    assert ("Le nouveau rythme commence lundi prochain." in words(life.page())) == (goal != 3)
    life.live("M")
    life.note_days(life.monday, goal - 1)
    assert attributes(life.page())["streak"] == "1"
    life.note(life.monday + (goal - 1) * DAY)
    assert attributes(life.page())["streak"] == "2"
    assert "Le nouveau rythme" not in words(life.page())


# --- neutral ----------------------------------------------------------------------------------------------------------
def test_a_pause_over_one_day_of_a_week_is_enough(life: Life) -> None:
    life.live("KK")
    sunday = life.monday + 6 * DAY
    life.clock.set(sunday)
    assert life.ana.post("/streak/pause", data={"until": sunday.date().isoformat()}).status_code == 303
    assert "Fil en pause jusqu’au" in words(life.page())
    life.clock.set(sunday + DAY)
    page = life.page()
    assert attributes(page)["streak-state"] == "held"
    assert attributes(page)["regularity"] == "2/2"
    assert "Fil en pause" not in words(page)


def test_the_week_of_signing_up_counts_if_kept_and_never_against(life: Life) -> None:
    assert attributes(life.live("").page())["streak-state"] == "new"
    life.live("K")
    assert attributes(life.page())["regularity"] == "1/1"


def test_someone_in_no_group_keeps_weeks_by_their_moods(life: Life) -> None:
    from wellbeing.models.membership import Membership

    with life.cast.app.app_context(), transaction():
        db.session.query(Membership).filter_by(person_id=life.cast.person("Ana").id).delete()
    life.monday += WEEK
    life.note_days(life.monday, 3)
    life.clock.set(life.monday + 2 * WEEK)
    assert attributes(life.page())["streak-state"] == "resting"
    assert "Pas de séance cette semaine" not in words(life.page())


# --- the open week ----------------------------------------------------------------------------------------------------
def test_nothing_falls_while_a_week_is_open(life: Life) -> None:
    life.live("KKMM")
    before = attributes(life.page())
    for days in range(7):
        life.clock.set(life.monday + days * DAY)
        assert attributes(life.page()) == before
    life.clock.set(life.monday + WEEK)
    assert attributes(life.page())["streak-state"] == "waiting"


# --- cancelling -------------------------------------------------------------------------------------------------------
def test_a_workshop_cancelled_after_the_fact_harms_no_thread(life: Life) -> None:
    life.live("KKK")
    last = sorted(life.held)[-2]
    cancel(life.cast, life.held[last], life.clock.now)
    found = attributes(life.page())
    assert (found["streak"], found["streak-state"], found["regularity"]) == ("2", "held", "2/2")
    assert found["total-workshops"] == "2"  # it did not take place


def test_a_cancelled_week_stays_kept_by_its_moods(life: Life) -> None:
    life.live("KK")
    week = life.monday
    life.note_days(week, 3)
    life.check_in()
    cancel(life.cast, life.held[week.date()], life.clock.now)
    assert attributes(life.page())["streak"] == "3"


def test_a_cancelled_workshop_nobody_attended_makes_the_week_rest(life: Life) -> None:
    life.live("KKMM")
    for day in sorted(life.held)[2:4]:
        cancel(life.cast, life.held[day], life.clock.now)
    assert attributes(life.page())["streak-state"] == "held"


# --- honest logging ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days_later", "counts"), [(0, True), (7, True), (8, False)])
def test_a_mood_counts_when_first_recorded_within_seven_days(life: Life, days_later: int, counts: bool) -> None:
    life.live("K")
    for day in range(3):
        felt = life.monday + day * DAY
        life.note(felt + days_later * DAY, felt_at=felt.isoformat())
    life.clock.set(life.monday + 3 * WEEK)
    found = attributes(life.page())
    assert found["total-days"] == "3"
    assert found["longest"] == ("2" if counts else "1")


def test_a_mood_ahead_of_its_day_waits_until_it_comes(life: Life) -> None:
    life.live("K")
    noted = [life.monday + WEEK + day * DAY for day in range(3)]  # as a phone with a wrong clock may send them
    with life.cast.app.app_context(), transaction():
        ana = life.cast.person("Ana")
        for number, felt in enumerate(noted):
            row = {"felt_at": felt, "local_date": felt.date(), "first_recorded_at": life.monday, "in_time": True}
            fixed = {"zone": "Europe/Paris", "offset_minutes": 60, "imported": False}
            db.session.add(Entry(person_id=ana.id, uid=f"{number:032x}", mood=4, **row, **fixed))
        recount(ana, [felt.date() for felt in noted])
    assert attributes(life.page())["total-days"] == "0"
    life.clock.set(noted[1])
    assert attributes(life.page())["total-days"] == "2"
    assert attributes(life.page())["longest"] == "1"
    life.clock.set(noted[2])
    assert attributes(life.page())["longest"] == "2"
    life.clock.set(noted[0] + WEEK)
    assert attributes(life.page())["longest"] == "2"


def test_attendance_declared_too_late_changes_nothing(life: Life) -> None:
    life.live("KM")
    before = life.page()
    life.clock.set(life.monday + 2 * WEEK)
    assert life.attend(life.held[sorted(life.held)[1]]).status_code == 422
    assert attributes(life.page())["total-workshops"] == attributes(before)["total-workshops"] == "1"


def test_being_there_last_week_and_saying_it_now_keeps_last_week(life: Life) -> None:
    life.live("KM")
    assert attributes(life.page())["streak-state"] == "resting"
    life.attend(life.held[sorted(life.held)[1]])
    assert attributes(life.page())["streak"] == "2"
    assert attributes(life.page())["streak-state"] == "held"


# --- zones ------------------------------------------------------------------------------------------------------------
def test_changing_zone_changes_no_past_week(life: Life) -> None:
    life.live("KMK")
    life.note_days(life.monday - WEEK, 2)
    life.clock.set(life.monday + timedelta(hours=12))
    before = attributes(life.page())
    for zone in ("Pacific/Auckland", "America/Montreal", "Europe/Paris"):
        assert life.ana.post("/settings", data={"timezone": zone, "locale": "fr"}).status_code == 303
        assert attributes(life.page()) == before


def test_who_flies_west_over_the_date_line_keeps_the_week_they_began(life: Life) -> None:
    life.live("")
    life.ana.post("/settings", data={"timezone": "Pacific/Kiritimati", "locale": "fr"})
    for later in range(3):
        life.note(life.monday + 2 * DAY + later * DAY)
    kept = attributes(life.page())
    assert kept["streak"] == "1"
    life.clock.advance(hours=1)
    life.ana.post("/settings", data={"timezone": "Pacific/Pago_Pago", "locale": "fr"})
    assert attributes(life.page()) == kept


# --- the summary ------------------------------------------------------------------------------------------------------
def test_the_summary_of_weeks_is_what_the_entries_say(life: Life) -> None:
    life.live("KM")
    uids = []
    for days, later in ((0, 0), (1, 0), (1, 0), (3, 9), (5, 2), (8, 1)):
        felt = life.monday + days * DAY
        uid = str(uuid.uuid4())
        life.clock.set(felt + later * DAY)
        sent = {"op_id": uid, "mood": "3", "felt_at": felt.isoformat()}
        assert life.ana.post("/journal", data=sent).status_code < 400
        uids.append(uid.replace("-", ""))
    assert life.ana.delete(f"/journal/entries/{uids[0]}").status_code < 400
    life.note_days(life.monday, 2, name="Cleo")
    with life.cast.app.app_context():
        ana = life.cast.person("Ana").id
        entries = db.session.execute(
            select(Entry.local_date, Entry.in_time, Entry.imported).where(Entry.person_id == ana)
        ).all()
    summary = {date.fromisoformat(monday): counted for monday, counted in weeks(life.cast, "Ana").items()}
    days: dict[date, set[date]] = {}
    in_time: dict[date, set[date]] = {}
    for entry in entries:
        days.setdefault(monday_of(entry.local_date), set()).add(entry.local_date)
        if entry.in_time and not entry.imported:
            in_time.setdefault(monday_of(entry.local_date), set()).add(entry.local_date)
    assert len(entries) == 5
    assert summary == {monday: (len(dates), len(in_time.get(monday, ()))) for monday, dates in days.items()}
    life.clock.set(life.monday + 4 * WEEK)
    assert attributes(life.page())["total-days"] == str(sum(count for count, _ in summary.values()))
