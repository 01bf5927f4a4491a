"""What the worker asks each minute is found by an index: nobody's thread waits while a whole table is read.

The statements are those that are really sent. On PostgreSQL a small table is read whole whatever its indexes, so there
the planner is told that reading whole costs too much: where it does so nevertheless, no index can answer.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from tests.cast import Cast
from tests.clock import Clock
from wellbeing import worker
from wellbeing.db import db

# Tables of a handful of rows, or whose rows are gone within minutes or once settled.
SMALL = {
    "retention", "reinforced", "setup_code", "invitation", "stewardship", "flag", "flag_raiser", "date_news",
    "date_seen",
}  # fmt: skip
Statement = tuple[str, Any]


def asked_by(app: Flask, clock: Clock) -> list[Statement]:
    """Everything that is read in a pass with nothing due, each statement once."""
    found: dict[str, Any] = {}

    def sent(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            found.setdefault(statement, parameters)

    with app.app_context():
        assert worker.tick(clock.now)
        event.listen(db.engine, "before_cursor_execute", sent)
        try:
            assert worker.tick(clock.now)
        finally:
            event.remove(db.engine, "before_cursor_execute", sent)
    return list(found.items())


def read_whole(statement: str, parameters: Any) -> set[str]:
    """Names of the tables that the database would read from one end to the other to answer."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        return {found[1] for line in plan if (found := re.match(r"SCAN (\w+)", line)) and found[1] != "CONSTANT"}
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    return {found[1] for line in plan if (found := re.search(r'Seq Scan on "?(\w+)', line))}


def test_a_pass_with_nothing_due_reads_no_table_that_grows_from_end_to_end(cast: Cast, clock: Clock) -> None:
    asked = asked_by(cast.app, clock)
    assert len(asked) > 15
    with cast.app.app_context():
        whole = {statement: read_whole(statement, parameters) - SMALL for statement, parameters in asked}
    assert {statement: tables for statement, tables in whole.items() if tables} == {}
