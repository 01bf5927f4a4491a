"""T19: after a freeze, a figure's making is found nowhere: not in the database, not in the ledger, not in a log."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.crowd import CANARY, FIRST_DUE, SEASON_DUE
from tests.privacy.answers import LATER, SEVEN, answers, met
from tests.privacy.attacks import FAKES, willow
from tests.privacy.conftest import MakeWorld
from tests.privacy.worlds import World
from wellbeing import worker
from wellbeing.db import Base, db
from wellbeing.gentle.operations import give_everyone_one
from wellbeing.publishing.ledger import NAME

COLUMNS = {"group_id", "item", "start", "days", "state", "level", "band", "mechanism"}


# On which day to look at a group again: the calendar says it, and it is the same whoever felt what.
LOOKED_AT = Base.metadata.tables["group"].c.next_due


def everything_kept(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    with app.app_context():
        return {
            name: [tuple(row) for row in db.session.execute(select(*(c for c in table.c if c is not LOOKED_AT)))]
            for name, table in Base.metadata.tables.items()
        }


@pytest.fixture
def world(new_world: MakeWorld) -> World:
    """Six people of Willow whose block is due."""
    made = willow(new_world(1))
    made.everybody_feels({**dict.fromkeys(FAKES, 3), "Ben": 2, "Ana": 1})
    with made.app.app_context():  # what the worker does for newcomers is done: from here on, the freeze alone
        give_everyone_one(made.app.config["KEYRING"])
    made.at(FIRST_DUE)
    return made


def test_a_freeze_of_a_season_adds_rows_and_lines_and_says_nothing(
    new_world: MakeWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    """Eight people whose answers are due: lift, experience and the season at once."""
    world = willow(new_world(1), others=SEVEN)
    meeting = met(world, LATER)
    for n, name in enumerate((*SEVEN, "Ana")):
        world.crowd.tells(name, meeting, answers(1 + n % 5))
    world.at(SEASON_DUE - timedelta(days=1))
    world.tick()
    before = everything_kept(world.app)
    capsys.readouterr()
    world.at(SEASON_DUE)
    world.tick()
    after = everything_kept(world.app)
    assert capsys.readouterr() == ("", "")
    assert {name for name in after if after[name] != before[name]} == {"release"}
    kept = (world.app.config["LE_FIL"].instance / NAME).read_text("utf-8").splitlines()
    lines = {tuple(map(str, json.loads(line).values())) for line in kept}
    assert lines == {tuple(map(str, row)) for row in after["release"]}
    assert len([row for row in after["release"] if row not in before["release"] and "published" in row]) == 8


def test_a_freeze_adds_one_row_and_one_line_and_says_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything_kept(world.app)
    files = {path.name for path in world.app.config["LE_FIL"].instance.iterdir()}
    capsys.readouterr()
    world.tick()
    after = everything_kept(world.app)
    assert capsys.readouterr() == ("", "")
    assert {name for name in after if after[name] != before[name]} == {"release"}
    assert {column.name for column in Base.metadata.tables["release"].columns} == COLUMNS
    ledger = world.app.config["LE_FIL"].instance / NAME
    assert {path.name for path in ledger.parent.iterdir()} - files == {NAME}
    [line] = [json.loads(text) for text in ledger.read_text("utf-8").splitlines()]
    assert set(line) == COLUMNS
    assert [tuple(str(value) for value in line.values())] == [tuple(map(str, row)) for row in after["release"]]


def test_a_freeze_that_fails_midway_says_its_place_and_nothing_of_what_it_held(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(n: int) -> int:
        raise ValueError(f"{CANARY} {n}")

    before = everything_kept(world.app)
    world.app.config["RANDBELOW"] = failing
    with world.app.app_context():
        assert not worker.tick(world.clock.now)
    [line] = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert set(line) == {"at", "level", "event", "request_id", "type", "place"}
    assert CANARY not in json.dumps(line)
    assert everything_kept(world.app) == before


def test_what_a_person_noted_after_the_freeze_is_in_no_later_tick(world: World) -> None:
    world.tick()
    before = world.trend_views()
    world.notes("Ana", 5, [(FIRST_DUE - timedelta(days=5)).date()])
    world.at(FIRST_DUE + timedelta(hours=1))
    world.tick()
    assert world.trend_views() == before
