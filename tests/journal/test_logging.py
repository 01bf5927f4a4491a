"""`POST /journal`: one tap, one entry, however often it is sent."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.journal.record import entries, note_mood, notes, op, rows, weeks, words
from wellbeing.db import db
from wellbeing.vault.people import data_key_of

HTMX = {"HX-Request": "true"}


def as_utc(value: Any) -> str:
    return str(value)[:19]


@pytest.fixture(autouse=True)
def noise(cast: Cast) -> None:
    """Cleo has notes of her own in every test, and Ana never sees them."""
    note_mood(cast, "Cleo", 5, note=f"Cleo {CANARY}")
    assert len(entries(cast, "Cleo")) == 1


def test_one_tap_saves_the_mood_its_instant_its_zone_and_its_date(cast: Cast) -> None:
    op_id = op()
    answer = cast.browser("Ana").post("/journal", data={"op_id": op_id, "mood": "4"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/?saved={op_id.replace('-', '')}")
    (entry,) = entries(cast, "Ana")
    assert (entry.uid, entry.mood, entry.energy, entry.calm) == (op_id.replace("-", ""), 4, None, None)
    assert (str(entry.local_date), entry.zone, entry.offset_minutes) == ("2026-03-11", "Europe/Paris", 60)
    assert as_utc(entry.felt_at)[:16] == "2026-03-11 18:00"
    assert weeks(cast, "Ana") == {"2026-03-09": (1, 1)}


def test_everything_said_at_once_is_kept_and_the_note_is_in_a_box(cast: Cast) -> None:
    note_mood(
        cast, "Ana", 2, energy="1", calm="5", emotions=["tiredness", "joy", "mixed"], note=f"  {CANARY}\r\nencore "
    )
    (entry,) = entries(cast, "Ana")
    assert (entry.mood, entry.energy, entry.calm) == (2, 1, 5)
    assert words(cast, "Ana") == ["tiredness", "joy", "mixed"]
    (box,) = notes(cast, "Ana")
    assert CANARY.encode() not in box
    with cast.app.app_context():
        key = data_key_of(cast.app.config["KEYRING"], cast.person("Ana"))
        assert key.decrypted("note.text", entry.uid, box) == f"  {CANARY}\nencore "
        db.session.rollback()


@pytest.mark.parametrize("said", [{}, {"mood": "1", "note": "autre chose"}, {"mood": "9", "felt_at": "hier"}])
def test_the_same_tap_sent_again_is_the_same_note_whatever_it_says(cast: Cast, said: dict[str, str]) -> None:
    op_id, ana = op(), cast.browser("Ana")
    ana.post("/journal", data={"op_id": op_id, "mood": "4", "note": "une fois"})
    before = entries(cast, "Ana"), notes(cast, "Ana")
    for headers in ({}, HTMX, {}, HTMX, {}):
        answer = ana.post("/journal", data={"op_id": op_id, **said}, headers=headers)
        assert answer.status_code == 200
        assert "Noté\u00a0: bien." in answer.text
    assert (entries(cast, "Ana"), notes(cast, "Ana")) == before


def test_a_deleted_note_does_not_come_back_when_its_tap_is_sent_again(cast: Cast) -> None:
    op_id, ana = op(), cast.browser("Ana")
    uid = note_mood(cast, "Ana", op_id=op_id)
    ana.delete(f"/journal/entries/{uid}")
    for headers in ({}, HTMX):
        answer = ana.post("/journal", data={"op_id": op_id, "mood": "4"}, headers=headers)
        assert answer.status_code == 200
        assert "C’est effacé." in answer.text
    assert entries(cast, "Ana") == []
    assert weeks(cast, "Ana") == {}


def test_a_strangers_op_id_is_nobodys(cast: Cast) -> None:
    op_id = op()
    note_mood(cast, "Cleo", 1, op_id=op_id)
    note_mood(cast, "Ana", 5, op_id=op_id)
    assert [entry.mood for entry in entries(cast, "Ana")] == [5]
    assert entries(cast, "Cleo")[-1].mood == 1


def test_two_taps_at_the_same_instant_make_one_note(cast: Cast) -> None:
    op_id = op()

    def send(_: int) -> int:
        return cast.browser("Ana").post("/journal", data={"op_id": op_id, "mood": "3", "note": "x"}).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(send, range(4)))
    assert codes == [200, 200, 200, 303]
    assert len(entries(cast, "Ana")) == len(notes(cast, "Ana")) == 1


def test_two_different_notes_at_the_same_instant_are_both_in_the_week(cast: Cast) -> None:
    days = ["2026-03-09", "2026-03-10", "2026-03-11"]

    def send(day: str) -> int:
        return cast.browser("Ana").post("/journal", data={"op_id": op(), "mood": "3", "felt_at": day}).status_code

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(send, days)) == [303, 303, 303]
    assert weeks(cast, "Ana") == {"2026-03-09": (3, 3)}


def test_several_notes_a_day_are_welcome_and_make_one_day(cast: Cast) -> None:
    for mood in (1, 3, 5):
        note_mood(cast, "Ana", mood)
    assert [entry.mood for entry in entries(cast, "Ana")] == [1, 3, 5]
    assert weeks(cast, "Ana") == {"2026-03-09": (1, 1)}


def test_a_script_that_names_no_op_id_still_notes(cast: Cast) -> None:
    answer = cast.browser("Ana").post("/journal", data={"mood": "3"})
    assert answer.status_code == 303
    assert len(entries(cast, "Ana")) == 1


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-03-12T03:59+01:00", "2026-03-11"),
        ("2026-03-12T04:00+01:00", "2026-03-12"),
        ("2026-03-29T03:30+02:00", "2026-03-28"),  # the night the clocks go forward
    ],
)
def test_the_small_night_belongs_to_the_day_before_and_shows_its_real_time(
    cast: Cast, clock: Clock, now: str, day: str
) -> None:
    instant = clock.set(now)
    note_mood(cast, "Ana")
    (entry,) = entries(cast, "Ana")
    assert str(entry.local_date) == day
    shown = cast.browser("Ana").get(f"/journal/{day}").text
    assert f"{instant.hour}\u00a0h\u00a0{instant.minute:02d}" in shown


def test_the_second_half_past_two_of_a_night_is_told_from_the_first(cast: Cast, clock: Clock) -> None:
    """In Auckland the clocks went back at three on 5 April 2026."""
    cast.takes_part("Moana", "Willow", zone="Pacific/Auckland")
    for now in ("2026-04-05T02:30+13:00", "2026-04-05T02:30+12:00"):
        clock.set(now)
        note_mood(cast, "Moana")
    assert [(str(e.local_date), e.offset_minutes) for e in entries(cast, "Moana")] == [
        ("2026-04-04", 780),
        ("2026-04-04", 720),
    ]


@pytest.mark.parametrize(
    ("felt_at", "day", "offset"),
    [
        ("2026-03-10", "2026-03-10", 60),
        ("2026-03-10T23:30:00+01:00", "2026-03-10", 60),
        ("2026-03-11T03:30:00+13:45", "2026-03-10", 825),
        ("2026-03-10T22:15:00.123-11:00", "2026-03-10", -660),
        ("1900-01-01T12:00", "1900-01-01", 9),  # Paris was 9 minutes and 21 seconds ahead
    ],
)
def test_a_moment_keeps_the_clock_of_the_place_where_it_was_felt(
    cast: Cast, felt_at: str, day: str, offset: int
) -> None:
    note_mood(cast, "Ana", felt_at=felt_at)
    (entry,) = entries(cast, "Ana")
    assert (str(entry.local_date), entry.offset_minutes) == (day, offset)


def test_a_day_chosen_without_an_hour_is_its_noon(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", day="1905-07-14")
    assert "12\u00a0h\u00a000" in cast.browser("Ana").get(f"/journal/entries/{uid}").text


def test_an_hour_of_the_small_night_stays_on_the_page_where_it_was_noted(cast: Cast) -> None:
    note_mood(cast, "Ana", day="2026-03-09", time="01:30")
    (entry,) = entries(cast, "Ana")
    assert str(entry.local_date) == "2026-03-09"
    assert as_utc(entry.felt_at)[:16] == "2026-03-10 00:30"


def test_a_note_older_than_seven_days_fills_the_calendar_and_leaves_the_thread_alone(cast: Cast) -> None:
    for days in (7, 8):
        note_mood(cast, "Ana", felt_at=str(date(2026, 3, 11) - timedelta(days=days)))
    assert [bool(entry.in_time) for entry in entries(cast, "Ana")] == [False, True]
    assert weeks(cast, "Ana") == {"2026-03-02": (2, 1)}


def test_a_phone_whose_clock_runs_ahead_may_note(cast: Cast, now: datetime) -> None:
    note_mood(cast, "Ana", felt_at=(now + timedelta(minutes=40)).isoformat())
    assert len(entries(cast, "Ana")) == 1


def test_what_is_kept_of_a_request_holds_none_of_its_words(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", note=CANARY, emotions=["joy"])
    (told,) = rows(cast.app, "SELECT * FROM operation WHERE entity = :e", e=f"entry:{uid}")
    assert (told.kind, told.device_id, told.parts, told.version, told.seq) == ("entry.create", "form", 3, 1, None)
    assert len(bytes(told.hash)) == 32
    assert told.result == '{"status": "applied"}'


def test_the_words_of_a_note_are_nowhere_in_the_database_or_in_the_log(
    cast: Cast, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    uid = note_mood(cast, "Ana", note=f"le mot {CANARY} ici")
    cast.browser("Ana").post(f"/journal/entries/{uid}", data={"mood": 3, "note": f"autre {CANARY}"})
    cast.browser("Ana").post("/journal", data={"mood": CANARY, "note": CANARY, "op_id": CANARY})
    assert CANARY in cast.browser("Ana").get("/journal/2026-03-11").text
    log = capsys.readouterr().out
    assert '"route": "/journal"' in log
    assert CANARY not in log
    address = make_url(database)
    if address.get_backend_name() == "sqlite":
        with cast.app.app_context():
            db.engine.dispose()
        from pathlib import Path

        for file in Path(str(address.database)).parent.iterdir():
            assert CANARY.encode() not in file.read_bytes()


# --- who may not ------------------------------------------------------------------------------------------------------
def test_somebody_who_is_not_signed_in_notes_nothing(cast: Cast) -> None:
    assert cast.stranger().post("/journal", data={"mood": "3"}).status_code == 401


def test_another_site_cannot_note_for_me(cast: Cast) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}):
        assert cast.browser("Ana").post("/journal", data={"mood": "3"}, headers=headers).status_code == 403
    assert entries(cast, "Ana") == []


def test_without_their_consent_nothing_is_stored_and_the_page_offers_to_give_it(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    dora = cast.browser("Dora")
    answer = dora.post("/journal", data={"op_id": op(), "mood": "3"})
    assert answer.status_code == 422
    assert "il faut votre accord" in answer.text
    assert 'action="/settings/choices"' in answer.text
    assert dora.post("/journal", data={"mood": "3"}, headers=HTMX).status_code == 422
    assert entries(cast, "Dora") == []
    dora.post("/settings/choices", data={"purpose": "journal", "given": "1"})
    assert dora.post("/journal", data={"mood": "3"}).status_code == 303


def test_a_facilitator_keeps_a_private_journal_like_anyone(cast: Cast) -> None:
    note_mood(cast, "Fay")
    assert len(entries(cast, "Fay")) == 1


def test_not_wanting_to_answer_is_an_answer_that_stores_nothing(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert ana.post("/journal", data={"op_id": op(), "skip": "1"}).status_code == 303
    assert "repos" in ana.post("/journal", data={"skip": "1"}, headers=HTMX).text
    assert entries(cast, "Ana") == []


def test_two_hundred_notes_a_day_are_enough(cast: Cast) -> None:
    from dataclasses import replace

    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    ana = cast.browser("Ana")
    op_ids = [str(uuid.UUID(int=n)) for n in range(201)]
    codes = [ana.post("/journal", data={"op_id": op_id, "mood": "3"}).status_code for op_id in op_ids]
    assert codes == [303] * 200 + [429]
    assert ana.post("/journal", data={"op_id": op_ids[0], "mood": "3"}).status_code == 200
    assert cast.browser("Ben").post("/journal", data={"mood": "3"}).status_code == 303
