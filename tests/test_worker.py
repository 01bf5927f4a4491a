"""The worker does by itself what is due, says when it could not, and stops when asked."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.crowd import CANARY, FIRST_DUE, Crowd
from wellbeing import create_app, worker
from wellbeing.config import Config
from wellbeing.db import db
from wellbeing.models.release import Release
from wellbeing.models.throttle import Throttle

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def signals_as_they_were() -> Iterator[None]:
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, what in before.items():
        signal.signal(name, what)


def frozen(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Release).count()


def logged(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def crowd(app: Flask, clock: Clock) -> Crowd:
    clock.set(FIRST_DUE)
    made = Crowd(app)
    made.group()
    for name in made.contributors(6):
        made.feels_all_block(name, 3)
    return made


def test_the_command_makes_one_pass_and_has_nothing_to_say(app: Flask, crowd: Crowd) -> None:
    done = app.test_cli_runner().invoke(args=["tick"])
    assert (done.exit_code, done.output, done.exception) == (0, "", None)
    assert frozen(app) == 1


def test_a_pass_that_failed_says_where_and_tells_the_host(app: Flask, crowd: Crowd, config: Config) -> None:
    (config.instance / "releases.jsonl").mkdir()
    done = app.test_cli_runner().invoke(args=["tick"])
    assert done.exit_code == 1
    assert [line["event"] for line in logged(done.output)] == ["ledger_unwritable"]
    assert frozen(app) == 0


def test_what_fails_is_logged_without_what_was_said_and_holds_up_nothing_else(
    crowd: Crowd, config: Config, capsys: pytest.CaptureFixture[str], now: datetime
) -> None:
    def failing(**_: object) -> None:
        raise ValueError(CANARY)

    broken = create_app(config, publisher=failing)
    with broken.app_context():
        db.session.add(Throttle(key="k", count=1, expires=1))
        with pytest.raises(RuntimeError):
            db.session.flush()
        db.session.rollback()
        assert not worker.tick(now)
        db.engine.dispose()
    [line] = logged(capsys.readouterr().out)
    assert (line["event"], line["type"]) == ("failure", "ValueError")
    assert CANARY not in json.dumps(line)


def test_it_goes_on_until_it_is_asked_to_stop(app: Flask, crowd: Crowd) -> None:
    stop = Event()
    passes: list[datetime] = []

    def twice(*, now: datetime, **_: object) -> None:
        passes.append(now)
        signal.raise_signal(signal.SIGTERM)

    app.extensions["publisher"] = twice
    worker.work_for_ever(app, stop)
    assert passes == [FIRST_DUE]
    assert stop.is_set()


def test_another_publisher_is_refused_outside_the_tests(config: Config, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="only a test"):
        create_app(replace(config, testing=False), publisher=lambda **_: None)
