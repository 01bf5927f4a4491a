"""A figure about a group is drawn once, when its block is due, and is then what it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tests.crowd import CREATED, FIRST, FIRST_DUE, Crowd, block
from tests.publishing.conftest import Chance
from wellbeing.db import db, transaction
from wellbeing.models.release import Release
from wellbeing.publishing import operations
from wellbeing.publishing.ledger import AT_ONCE, Ledger, LedgerUnwritable

Rows = Callable[[], list[dict[str, Any]]]
Freeze = Callable[[datetime], None]
A_SECOND = timedelta(seconds=1)


def a_full_block(crowd: Crowd, n: int = 6, first: date = FIRST, mood: int = 3) -> None:
    for name in crowd.contributors(n):
        crowd.feels_all_block(name, mood, first)


def test_nothing_is_frozen_before_a_block_is_due(crowd: Crowd, freeze: Freeze, rows: Rows, ledger: Path) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE - A_SECOND)
    assert rows() == []
    assert not ledger.exists()


def test_a_due_block_of_a_crowd_is_published_as_a_level_and_a_band(
    crowd: Crowd, freeze: Freeze, rows: Rows, chance: Chance
) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE)
    [row] = rows()
    assert row["level"] in (20, 25, 30, 35, 40)
    assert {**row, "level": None} == {
        "group_id": crowd.groups["Willow"].id,
        "item": "mood",
        "start": FIRST,
        "days": 14,
        "state": "published",
        "level": None,
        "band": 5,
        "mechanism": "1/k5/e2",
    }
    assert chance.asked


def test_four_people_are_too_few_and_chance_is_not_even_asked(
    crowd: Crowd, freeze: Freeze, rows: Rows, chance: Chance
) -> None:
    a_full_block(crowd, 4)
    freeze(FIRST_DUE)
    [row] = rows()
    assert (row["state"], row["level"], row["band"]) == ("none", None, None)
    assert chance.asked == 0


def test_a_block_is_frozen_until_a_week_after_it_was_due_and_never_later(
    crowd: Crowd, freeze: Freeze, rows: Rows, chance: Chance
) -> None:
    a_full_block(crowd)
    crowd.group("Oak")
    for name in crowd.contributors(6, "Oak"):
        crowd.feels_all_block(name, 3)
    freeze(FIRST_DUE + timedelta(days=8) - A_SECOND)
    assert [row["state"] for row in rows()] == ["published", "published"]


def test_a_block_nobody_froze_in_time_stays_without_a_figure_for_ever(
    crowd: Crowd, freeze: Freeze, rows: Rows, chance: Chance
) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE + timedelta(days=8))
    freeze(FIRST_DUE + timedelta(days=9))
    assert [row["state"] for row in rows()] == ["none"]
    assert chance.asked == 0


def test_a_frozen_figure_never_changes_whatever_people_do_later(
    crowd: Crowd, freeze: Freeze, rows: Rows, chance: Chance
) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE)
    before, asked = rows(), chance.asked
    crowd.feels_all_block("Willow 0", 5)
    crowd.takes_back("Willow 1", FIRST_DUE)
    crowd.leaves("Willow 2", "Willow", FIRST_DUE)
    crowd.erased("Willow 3")
    for hours in range(1, 30):
        freeze(FIRST_DUE + timedelta(hours=hours))
    assert rows() == before
    assert chance.asked == asked


def test_the_database_refuses_to_revise_a_release(app: Flask, crowd: Crowd, freeze: Freeze, rows: Rows) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE)
    before = rows()
    with app.app_context(), pytest.raises(DBAPIError, match="never revised"), transaction():
        db.session.query(Release).update({"level": 25})
    assert rows() == before


def test_a_closed_group_keeps_the_blocks_that_were_due_before_it_closed(
    crowd: Crowd, freeze: Freeze, rows: Rows
) -> None:
    crowd.group("Oak", closed_at=FIRST_DUE + timedelta(days=2))
    for name in crowd.contributors(6, "Oak"):
        crowd.feels_all_block(name, 3)
    freeze(FIRST_DUE + timedelta(days=3))
    freeze(FIRST_DUE + timedelta(days=40))
    of_oak = [row for row in rows() if row["group_id"] == crowd.groups["Oak"].id]
    assert [(row["start"], row["state"]) for row in of_oak] == [(FIRST, "published")]


def test_a_group_older_than_twelve_weeks_has_blocks_of_four_weeks(crowd: Crowd, freeze: Freeze, rows: Rows) -> None:
    for days in range(0, 200, 5):
        freeze(CREATED + timedelta(days=days))
    lengths = [row["days"] for row in rows() if row["item"] == "mood"]
    assert lengths == sorted(lengths)
    assert lengths.count(14) in range(5, 8)
    assert lengths.count(28) > 1


# --- the ledger -------------------------------------------------------------------------------------------------------
def test_every_row_stands_in_a_ledger_that_its_owner_alone_can_read(
    crowd: Crowd, freeze: Freeze, rows: Rows, ledger: Path
) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE)
    freeze(FIRST_DUE + timedelta(days=14))
    kept = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    assert kept == [{**row, "start": row["start"].isoformat()} for row in rows()]
    assert len(kept) == 2
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_a_figure_that_was_drawn_but_not_saved_is_saved_as_it_was_drawn(
    app: Flask, crowd: Crowd, freeze: Freeze, rows: Rows, chance: Chance, ledger: Path
) -> None:
    a_full_block(crowd)
    freeze(FIRST_DUE)
    drawn, asked, kept = rows(), chance.asked, ledger.read_bytes()
    with app.app_context(), transaction():
        db.session.query(Release).delete()
    crowd.feels_all_block("Willow 0", 5)
    freeze(FIRST_DUE + timedelta(days=30))
    assert rows()[0] == drawn[0]
    assert chance.asked == asked
    assert ledger.read_bytes().startswith(kept)


@pytest.mark.parametrize("torn", [b"", b"\n", b"\0" * 40 + b'te": "none"}\n', b"\0" * 5000 + b'"}\n{"whole": 1}\n'])
@pytest.mark.parametrize("before", [0, 100])
def test_a_line_that_was_torn_off_was_seen_by_nobody(
    crowd: Crowd, freeze: Freeze, rows: Rows, ledger: Path, torn: bytes, before: int
) -> None:
    """By a kill in the middle of it, or by a power cut that left holes in it, and its end."""
    a_full_block(crowd)
    whole = {"item": "mood", "start": f"{FIRST}", "days": 14, "state": "none", "level": None, "band": None}
    kept = "".join(json.dumps({"group_id": 9000 + n, **whole, "mechanism": "1"}) + "\n" for n in range(before))
    cut = f'{{"group_id": {crowd.groups["Willow"].id}, "item": "mood", "start": "{FIRST}", "days": 14, "sta'
    ledger.write_bytes(kept.encode() + cut.encode() + torn)
    assert len(Ledger(ledger).lines()) == before
    freeze(FIRST_DUE)
    *others, line = ledger.read_text("utf-8").splitlines(keepends=True)
    assert "".join(others) == kept
    assert json.loads(line)["state"] == "published"
    assert [row["state"] for row in rows()] == ["published"]


def test_a_line_that_cannot_be_read_before_many_that_can_stops_all_freezing(
    crowd: Crowd, freeze: Freeze, rows: Rows, ledger: Path
) -> None:
    """No power cut leaves that: what stood there may have been seen, and would be drawn again."""
    a_full_block(crowd)
    ledger.write_bytes(b"\0\n" + b"{}\n" * AT_ONCE)
    with pytest.raises(LedgerUnwritable):
        freeze(FIRST_DUE)
    assert (rows(), ledger.read_bytes()) == ([], b"\0\n" + b"{}\n" * AT_ONCE)


def test_nothing_is_published_while_the_ledger_cannot_be_written(
    app: Flask, crowd: Crowd, freeze: Freeze, rows: Rows, ledger: Path
) -> None:
    a_full_block(crowd)
    ledger.mkdir()
    with pytest.raises(LedgerUnwritable):
        freeze(FIRST_DUE)
    assert rows() == []
    ledger.rmdir()
    freeze(FIRST_DUE + timedelta(minutes=1))
    assert [row["state"] for row in rows()] == ["published"]


def test_one_group_that_cannot_be_frozen_holds_up_no_other(app: Flask, crowd: Crowd, rows: Rows, ledger: Path) -> None:
    a_full_block(crowd)
    crowd.group("Oak")

    def broken(_: int) -> int:
        raise ArithmeticError("three")

    with app.app_context(), pytest.raises(ExceptionGroup) as raised:
        operations.freeze(now=FIRST_DUE, randbelow=broken, ledger_path=ledger)
    assert [type(failure) for failure in raised.value.exceptions] == [ArithmeticError]
    assert [row["group_id"] for row in rows()] == [crowd.groups["Oak"].id]
    assert block(0) == FIRST
