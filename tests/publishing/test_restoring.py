"""A database that was put back learns what was published since; where nobody knows, nothing is drawn (T15, T16)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.crowd import FIRST_DUE, Crowd, block
from tests.publishing.conftest import Chance
from wellbeing.db import db, transaction
from wellbeing.models.release import Release
from wellbeing.publishing.forgetting import forget
from wellbeing.publishing.ledger import Ledger, LedgerUnwritable
from wellbeing.publishing.restoring import LedgersDisagree, replay

Rows = Callable[[], list[dict[str, Any]]]
Freeze = Callable[[datetime], None]
FORTNIGHT, HOUR = timedelta(days=14), timedelta(hours=1)
SECOND_DUE = FIRST_DUE + FORTNIGHT


@pytest.fixture
def two_frozen(crowd: Crowd, freeze: Freeze, ledger: Path) -> Path:
    """Willow has two figures. The copy of the ledger that is handed out is of before the second."""
    for name in crowd.contributors(6):
        crowd.feels_all_block(name, 3)
        crowd.feels_all_block(name, 4, block(1))
    freeze(FIRST_DUE)
    shutil.copy(ledger, ledger.with_suffix(".archived"))
    freeze(SECOND_DUE)
    return ledger.with_suffix(".archived")


def put_back(app: Flask, keeping: int) -> None:
    """The database of a day on which only so many figures were out."""
    with app.app_context(), transaction():
        for row in db.session.query(Release).order_by(Release.start).offset(keeping):
            db.session.delete(row)


def lines(ledger: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]


def replayed(app: Flask, ledger: Path, archived: Path | None, now: datetime = SECOND_DUE + HOUR) -> None:
    with app.app_context():
        replay(now=now, ledger_path=ledger, archived=archived)


@pytest.mark.parametrize("keeping", [0, 1, 2])
def test_every_line_that_the_database_lacks_is_put_in_and_none_is_drawn_again(
    app: Flask, two_frozen: Path, ledger: Path, rows: Rows, freeze: Freeze, chance: Chance, keeping: int
) -> None:
    before, kept, asked = rows(), ledger.read_bytes(), chance.asked
    assert [row["state"] for row in before] == ["published", "published"]
    put_back(app, keeping)
    for _ in range(2):  # a second time changes nothing
        replayed(app, ledger, two_frozen)
        assert (rows(), ledger.read_bytes()) == (before, kept)
    freeze(SECOND_DUE + HOUR)
    assert (rows(), chance.asked) == (before, asked)


def test_the_copy_of_the_archive_is_merged_and_never_put_over_the_one_on_disk(
    app: Flask, two_frozen: Path, ledger: Path, rows: Rows
) -> None:
    """On the disk is the second line alone, in the archive the first, torn after it: together they are whole."""
    before = rows()
    whole = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(whole[1])
    with two_frozen.open("ab") as file:
        file.write(b'{"group_id": 1, "item": "mo')
    put_back(app, 0)
    replayed(app, ledger, two_frozen)
    assert ledger.read_bytes() == whole[1] + whole[0]
    assert rows() == before


def test_without_a_ledger_one_is_written_from_the_rows_and_what_is_due_is_never_drawn(
    app: Flask, two_frozen: Path, ledger: Path, rows: Rows, freeze: Freeze, chance: Chance
) -> None:
    before, asked = rows(), chance.asked
    ledger.unlink()
    put_back(app, 1)
    replayed(app, ledger, archived=None)
    assert rows()[0] == before[0]
    assert [(row["start"], row["state"]) for row in rows()] == [(block(0), "published"), (block(1), "none")]
    assert [line["start"] for line in lines(ledger)] == [block(0).isoformat(), block(1).isoformat()]
    assert ledger.stat().st_mode & 0o777 == 0o600
    freeze(SECOND_DUE + HOUR)
    assert [row["state"] for row in rows()] == ["published", "none"]
    assert chance.asked == asked


@pytest.mark.parametrize("where", ["row", "archive"])
def test_two_memories_that_differ_stop_it_and_nothing_is_changed(
    app: Flask, two_frozen: Path, ledger: Path, rows: Rows, where: str
) -> None:
    changed = ledger if where == "row" else two_frozen
    other = [line | {"level": 20 if line["level"] != 20 else 25} for line in lines(changed)]
    changed.write_text("".join(f"{json.dumps(line)}\n" for line in other), "utf-8")
    put_back(app, 1)
    before = rows(), ledger.read_bytes()
    with pytest.raises(LedgersDisagree, match=f"mood, block of {block(0)}"):
        replayed(app, ledger, two_frozen)
    assert (rows(), ledger.read_bytes()) == before


def test_a_group_that_is_gone_stays_gone_and_its_lines_stay(
    app: Flask, two_frozen: Path, ledger: Path, rows: Rows
) -> None:
    kept = [line | {"group_id": 9} for line in lines(ledger)]
    with ledger.open("a", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in kept)
    before = rows()
    replayed(app, ledger, None)
    assert rows() == before
    assert lines(ledger)[-2:] == kept


def test_after_two_years_the_row_and_the_line_go_and_nothing_is_drawn_in_their_place(
    app: Flask, two_frozen: Path, ledger: Path, rows: Rows, freeze: Freeze, chance: Chance
) -> None:
    ends, asked = block(0) + FORTNIGHT, chance.asked
    forgotten = datetime(ends.year + 2, ends.month, ends.day, tzinfo=FIRST_DUE.tzinfo)

    def passed(now: datetime) -> list[Any]:
        freeze(now)
        with app.app_context():
            forget(now.date(), ledger)
        return [row["start"] for row in rows() if row["state"] == "published"]

    assert passed(forgotten - HOUR) == [block(0), block(1)]
    assert passed(forgotten) == [block(1)]
    of_ledger = [line["start"] for line in lines(ledger)]
    assert block(0).isoformat() not in of_ledger
    assert block(1).isoformat() in of_ledger
    assert ledger.stat().st_mode & 0o777 == 0o600
    before = rows()
    replayed(app, ledger, two_frozen, forgotten)
    assert passed(forgotten + HOUR) == [block(1)]
    assert rows() == before
    assert chance.asked == asked


def test_a_line_that_waits_while_the_ledger_is_rewritten_lands_in_the_new_one(two_frozen: Path, ledger: Path) -> None:
    book = Ledger(ledger)
    [first, second] = book.lines()
    with ThreadPoolExecutor() as meanwhile:
        with book._held():
            waiting = meanwhile.submit(book.append, second)
            assert wait([waiting], timeout=0.05).not_done  # it has opened the old file, and waits for its lock
            fresh = Ledger(ledger.with_suffix(".new"))
            fresh.append(first)
            fresh.path.replace(ledger)
        waiting.result()
    assert book.lines() == [first, second]


def test_a_ledger_that_cannot_be_rewritten_stays_as_it_was(two_frozen: Path, ledger: Path) -> None:
    kept = ledger.read_bytes()
    ledger.with_suffix(".new").mkdir()
    with pytest.raises(LedgerUnwritable):
        Ledger(ledger).put([])
    assert ledger.read_bytes() == kept
