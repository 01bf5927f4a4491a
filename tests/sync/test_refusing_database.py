"""A database that is locked, full, gone or asks to try again: what was answered is kept, the rest is sent again."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from tests.cast import Cast
from tests.journal.record import entries
from tests.sync.phone import Phone
from wellbeing.db import db
from wellbeing.gestures import operations as gestures
from wellbeing.gestures.ways import Ways


@pytest.fixture
def phone(cast: Cast) -> Phone:
    made = Phone(cast)
    made.client.post("/settings", data={"locale": "fr"})  # the first write of a day is noted with it
    return made


def failing(cast: Cast, error: Exception, at: range) -> list[int]:
    """The ops at these places (from 0) meet an error of the database, once they have done everything but commit."""
    tried: list[int] = []

    def once(person: Any, asked: Any, keyring: Any, now: Any, do: Any) -> Any:
        def then_fail(state: Any, meanwhile: Any) -> Any:
            done = do(state, meanwhile)
            db.session.flush()
            tried.append(len(tried))
            if tried[-1] in at:
                raise OperationalError("", {}, error)
            return done

        return gestures.once(person, asked, keyring, now, then_fail)

    cast.app.extensions["gestures"] = Ways(once=once)
    return tried


@pytest.fixture(autouse=True)
def ways_as_they_were(cast: Cast) -> Any:
    before = cast.app.extensions["gestures"]
    yield
    cast.app.extensions["gestures"] = before


def test_what_was_done_before_it_refused_is_answered_and_the_rest_comes_later(phone: Phone, cast: Cast) -> None:
    ops = [phone.create(n) for n in (1, 2, 3)]
    failing(cast, sqlite3.OperationalError("database is locked"), range(1, 2))
    answer = phone.post(*ops)
    assert (answer.status_code, (answer.json or {})["retry_after"]) == (200, 5)
    assert [result["op_id"] for result in (answer.json or {})["results"]] == [ops[0]["op_id"]]
    assert [entry.mood for entry in entries(cast, "Ana")] == [1]
    assert [result["status"] for result in phone.send(*ops)] == ["duplicate", "applied", "applied"]
    assert len(entries(cast, "Ana")) == 3


def test_when_nothing_could_be_done_it_is_503_and_a_time_to_wait(phone: Phone, cast: Cast) -> None:
    failing(cast, sqlite3.OperationalError("database or disk is full"), range(99))
    answer = phone.post(phone.create())
    assert (answer.status_code, answer.headers["Retry-After"], answer.json) == (503, "5", {"error": "busy"})
    assert entries(cast, "Ana") == []


@pytest.mark.parametrize("error", [psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected])
def test_a_lost_race_is_run_again_three_times(phone: Phone, cast: Cast, error: type[psycopg.Error]) -> None:
    assert error.sqlstate in ("40001", "40P01")
    tried = failing(cast, error(), range(3))
    assert phone.send(phone.create(), phone.create()) == [{"status": "applied", "version": 1}] * 2
    assert len(tried) == 5
    failing(cast, error(), range(4))
    answer = phone.post(phone.create())
    assert (answer.status_code, len(entries(cast, "Ana"))) == (503, 2)


def test_a_database_that_is_gone_is_503_and_never_a_page(
    phone: Phone, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("", {}, Exception("gone"))

    monkeypatch.setattr("wellbeing.access.sign_in_by", gone)
    for ask in (lambda: phone.client.get("/sync"), lambda: phone.post(phone.create())):
        answer = ask()
        assert (answer.status_code, answer.headers["Retry-After"], answer.mimetype) == (503, "5", "application/json")


def test_other_ways_of_receiving_gestures_are_for_tests_alone(cast: Cast) -> None:
    from dataclasses import replace

    from wellbeing.gestures import ways

    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], testing=False)
    with pytest.raises(RuntimeError, match="only a test"):
        ways.init_app(cast.app, Ways())
