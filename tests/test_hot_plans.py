"""What people open every day is found by indexes, however many others there are: no table of more than a thousand rows
is read from one end to the other for a page, a note, or a phone's queue.

The statements are those that the requests really make, with their values, as each database would run them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from tests.asked import asked_by
from tests.cast import Cast
from tests.check_ups.record import lonely, wants
from tests.clock import Clock
from tests.multiplied import multiplied
from tests.sync.phone import Phone
from wellbeing.db import db, transaction
from wellbeing.models.release import Release
from wellbeing.models.workshop import Workshop

TIMES, MANY = 500, 1000
PERIODS = 4
GROWING = {
    "person", "sign_in", "consent", "entry", "entry_emotion", "note", "operation", "entity_state", "logged_year",
    "attendance", "reflection", "keepsake", "membership", "group", "workshop", "headcount", "release", "check_up",
}  # fmt: skip


@pytest.fixture
def many(cast: Cast, clock: Clock) -> dict[str, int]:
    """Lives such as the cast's, five hundred times; the rows of each table that has many."""
    for group in ("Willow", "Oak"):
        _published(cast, group)
    for name, group, moods in (("Ana", "Willow", 8), ("Ben", "Willow", 1), ("Cleo", "Oak", 1)):
        workshop, phone = _first(cast, group), Phone(cast, name)
        ops = [phone.create(n % 5 + 1, emotions=["joy", "calmness"], note="Un mot.") for n in range(moods)]
        told = {"mood": 4, "calm": 3, "keepsake": "Le sol."}
        ops += [phone.was_there(workshop), phone.op("reflection.after", workshop, told)]
        said = phone.post(*ops).get_json()["results"]
        assert {one["status"] for one in said} == {"applied"}, said
        wants(cast, "ons_lonely", name)
        lonely(cast, name)
    clock.advance(days=60)
    return {table: rows for table, rows in multiplied(cast.app, TIMES).items() if rows > MANY}


def _first(cast: Cast, group: str) -> str:
    """The uid of a group's first workshop."""
    with cast.app.app_context():
        of_group = db.session.query(Workshop).filter_by(group_id=cast.groups[group].id)
        return of_group.order_by(Workshop.starts_at).limit(1).one().uid


def _published(cast: Cast, group: str) -> None:
    """Figures, and a number of people that the team counted, twice."""
    with cast.app.app_context(), transaction():
        for item, n in product(("mood", "quality", "lift", "belong"), range(PERIODS)):
            start, figure = date(2025, 1, 6) + timedelta(days=28 * n), {"state": "published", "level": 30, "band": 5}
            whose = {"group_id": cast.groups[group].id, "item": item, "start": start}
            db.session.add(Release(**whose, **figure, days=28, mechanism="1/k5/e2"))
    address = f"/groups/{cast.groups[group].uid}/workshops/{_first(cast, group)}/headcount"
    for present in ("9", "10"):
        counted = {"present": present, "without_phone": "0", "newcomers": "1"}
        team = cast.browser("Fay" if group == "Willow" else "Gus")
        assert team.post(address, data=counted).status_code == 303


def read_whole(statement: str, values: Any) -> set[str]:
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        return {found[1] for line in plan if (found := re.match(r"SCAN (\w+)", line))}
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).one()
    return set(_whole(plan[0]["Plan"]))


def _whole(node: dict[str, Any], limited: bool = False) -> Iterator[str]:
    """Read by no condition of an index; in the order of one, until enough is found, is not whole."""
    kind = node["Node Type"]
    limited = limited or kind == "Limit"
    by_index = kind in ("Index Scan", "Index Only Scan") and (limited or "Index Cond" in node)
    if "Scan" in kind and "Relation Name" in node and not by_index and kind != "Bitmap Heap Scan":
        yield node["Relation Name"]
    for below in node.get("Plans", []):
        yield from _whole(below, limited)


def test_what_people_open_every_day_reads_no_large_table_from_end_to_end(cast: Cast, many: dict[str, int]) -> None:
    assert set(many) >= GROWING
    asked = asked_by(cast)
    assert len(asked) > 60
    found = {}
    with cast.app.app_context():
        for statement, (name, values) in asked.items():
            if whole := read_whole(statement, values) & set(many):
                found[name, statement] = whole
        assert read_whole("SELECT count(*) FROM entry WHERE mood = 4", ()) == {"entry"}  # would be seen
        assert read_whole("UPDATE entry SET calm = 3 WHERE calm = 2", ()) == {"entry"}
        db.session.rollback()
    assert found == {}
