"""Years of notes cost a page nothing: what the database reads for it is what it read when there was one year of them.

What it reads is counted, not timed: the steps of SQLite's machine, as it is on a host's computer, where it keeps no
count of what its tables hold; on PostgreSQL, which does, the rows that were looked at.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from tests.asked import Asked, asked_by
from tests.cast import Cast
from tests.multiplied import multiplied
from wellbeing.db import db, transaction
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry, EntryEmotion
from wellbeing.models.note import Note
from wellbeing.models.operation import EntityState, Operation
from wellbeing.models.workshop import Workshop

DAY, WEEK = timedelta(days=1), timedelta(days=7)
A_YEAR, YEARLY = 366, 52
NOON = time(12, tzinfo=UTC)
SOME = {"sqlite": 200, "postgresql": 20}  # steps; rows
EACH = {"sqlite": 80, "postgresql": 12}
SMALL = {"sqlite": 200, "postgresql": 2000}  # a table of so few rows is read whole
WORDS = [{"emotion": "joy", "position": 1}, {"emotion": "calmness", "position": 2}]
MANY = 100
OTHERS = 10  # times as many people, for PostgreSQL to step over
LOOKING = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"}
_numbers = count(1_000_000, 1_000_000)  # of the first row of each of these kinds


def noted(cast: Cast, name: str, last: date, days: int) -> None:
    """Somebody noted a mood, two words and a note on each of so many days, the last of them this one."""
    entries: list[dict[str, Any]] = []
    first = next(_numbers)
    for back in range(days):
        day = last - back * DAY
        at = datetime.combine(day, NOON)
        one = {"id": first + back, "uid": secrets.token_hex(16), "mood": 4, "in_time": True, "offset_minutes": 60}
        entries.append(one | {"felt_at": at, "zone": "Europe/Paris", "local_date": day, "first_recorded_at": at})
    hung = [{"entry_id": one["id"]} for one in entries]
    said = [{"entity": f"entry:{one['uid']}", "version": 1} for one in entries]
    told = {"kind": "entry.create", "parts": 3, "device_id": "form", "hash": b"", "result": "{}"}
    rows: dict[Any, list[dict[str, Any]]] = {
        Entry: entries,
        EntryEmotion: [one | word for one in hung for word in WORDS],
        Note: [one | {"text": b"a box"} for one in hung],
        EntityState: said,
        Operation: [one | told | {"op_id": secrets.token_hex(16), "received_at": cast.now} for one in said],
    }
    _inserted(cast, name, rows)


def attended(cast: Cast, last: date, weeks: int) -> None:
    """Willow met, and Ana was there, in each of so many weeks."""
    meetings = []
    first = next(_numbers)
    for back in range(weeks):
        number, day = first + back, last - back * WEEK
        when = {"starts_at": datetime.combine(day, NOON), "local_date": day, "minutes": 90, "title": "Danse douce"}
        code = {"check_in_code_hash": secrets.token_bytes(32), "check_in_code_box": b"a box"}
        meetings.append(
            when | code | {"id": number, "uid": secrets.token_hex(16), "group_id": cast.groups["Willow"].id}
        )
    there = [{"workshop_id": one["id"], "how": "declared", "recorded_at": one["starts_at"]} for one in meetings]
    _inserted(cast, "Ana", {Workshop: meetings, Attendance: there})


def engine(cast: Cast) -> str:
    return str(cast.app.config["LE_FIL"].database_url).partition(":")[0].partition("+")[0]


def on_postgresql(cast: Cast) -> bool:
    return engine(cast) == "postgresql"


def _inserted(cast: Cast, name: str, rows: dict[Any, list[dict[str, Any]]]) -> None:
    whose = {"person_id": cast.people[name].person.id}
    with cast.app.app_context(), transaction():
        for table, some in rows.items():
            db.session.execute(insert(table), some if table is Workshop else [one | whose for one in some])
        if on_postgresql(cast):
            db.session.connection().exec_driver_sql("ANALYZE")


def read_by(cast: Cast, asked: Asked) -> dict[str, int]:
    """What the database reads for each of these statements that change nothing."""
    reading = {one: values for one, (_, values) in asked.items() if re.match(r"\s*(SELECT|WITH)", one)}
    with cast.app.app_context():
        connection = db.session.connection()
        found = {one: _read(connection, one, values) for one, values in reading.items()}
        db.session.rollback()
    return found


def _read(connection: Any, statement: str, values: Any) -> int:
    if connection.dialect.name == "postgresql":
        ((plan,),) = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", values)
        return _rows(plan[0]["Plan"])
    machine, steps = connection.connection.dbapi_connection, [0]

    def step() -> None:
        steps[0] += 1

    machine.set_progress_handler(step, 1)
    connection.exec_driver_sql(statement, values).all()
    machine.set_progress_handler(None, 1)
    return steps[0]


def _rows(node: dict[str, Any]) -> int:
    """Looked at by one node of a plan and those below it."""
    dropped = sum(rows for name, rows in node.items() if name.startswith("Rows Removed by"))
    looked = (node["Actual Rows"] + dropped) * node["Actual Loops"] if node["Node Type"] in LOOKING else 0
    return int(looked) + sum(map(_rows, node.get("Plans", ())))


def grown(before: dict[str, int], now: dict[str, int], room: int) -> dict[str, tuple[int, int]]:
    """The statements that read more than they did, and how much."""
    return {one: (was, now[one]) for one, was in before.items() if now[one] > was + was // 5 + room}


def test_years_of_notes_cost_a_page_nothing(cast: Cast) -> None:
    today = cast.now.date()
    noted(cast, "Ana", today, A_YEAR)
    if on_postgresql(cast):
        noted(cast, "Ben", today, 5 * A_YEAR)
        multiplied(cast.app, OTHERS)
    asked = asked_by(cast)
    before = read_by(cast, asked)
    noted(cast, "Ana", today - A_YEAR * DAY, 4 * A_YEAR)
    found = grown(before, read_by(cast, asked), SOME[engine(cast)])
    if on_postgresql(cast):  # it finds all of somebody’s words cheaper to read than those of the days of a year
        found = {one: read for one, read in found.items() if "SELECT entry_emotion.emotion, count(*)" not in one}
    assert len(before) > 50
    assert found == {}
    everything = "SELECT count(*) FROM entry WHERE person_id = 1 OR mood > 0"
    assert read_by(cast, {everything: ("", ())})[everything] > 5 * A_YEAR  # would be seen


def test_what_others_noted_costs_a_page_nothing(cast: Cast) -> None:
    noted(cast, "Ana", cast.now.date(), 30)
    noted(cast, "Ben", cast.now.date(), 30)
    attended(cast, cast.now.date() - 2 * DAY, 5)
    asked = asked_by(cast)
    before = read_by(cast, asked)
    assert multiplied(cast.app, MANY)["entry"] > 60 * MANY
    assert grown(before, read_by(cast, asked), SMALL[engine(cast)]) == {}


def test_each_date_of_a_group_costs_a_page_a_few_looks(cast: Cast) -> None:
    """The thread, the list of dates and whose turn a question is look at every date there was, and at each but once."""
    attended(cast, cast.now.date() - 2 * DAY, YEARLY)
    asked = asked_by(cast)
    before = read_by(cast, asked)
    attended(cast, cast.now.date() - (YEARLY + 1) * WEEK, 4 * YEARLY)
    now = read_by(cast, asked)
    each = EACH[engine(cast)]
    assert {one: (was, now[one]) for one, was in before.items() if now[one] > was + each * 4 * YEARLY} == {}
    assert max(now[one] - was for one, was in before.items()) > 4 * YEARLY
