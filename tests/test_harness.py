"""The harness keeps its own promises: a clock that stands still, and no way out of this machine."""

import socket
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, inspect, select

from tests.conftest import Clock
from wellbeing import clock as application
from wellbeing.db import Base, db
from wellbeing.models.person import Person


def test_the_application_reads_the_clock_that_the_test_moves(clock: Clock) -> None:
    clock.set("2026-03-29T03:30+02:00")
    clock.advance(days=1)
    assert application.now() == datetime.fromisoformat("2026-03-30T01:30+00:00")


def test_a_clock_without_an_offset_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.set("2026-03-29T03:30")


def test_no_test_can_reach_another_machine() -> None:
    with pytest.raises(RuntimeError, match="tried to reach"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match="tried to reach"):
        socket.getaddrinfo("example.org", 443)


def test_each_test_starts_from_an_empty_migrated_database(app: Flask, inside: None, database: str) -> None:
    assert database == app.config["LE_FIL"].database_url
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    assert set(Base.metadata.tables) - set(inspect(db.engine).get_table_names()) == set()


def test_the_application_answers(client: FlaskClient) -> None:
    with client.get("/healthz") as answer:
        assert (answer.status_code, answer.text) == (200, "ok")
