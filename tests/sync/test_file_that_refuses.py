"""SQLite alone: a file that another writer holds, and one that can grow no more (F5, F6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url, text

from tests.cast import Cast
from tests.databases import a_copy
from tests.journal.record import entries
from tests.sync.phone import Phone
from wellbeing.db import db


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """A copy of the cast, on SQLite."""
    yield from a_copy(request, "sqlite")


@pytest.fixture
def phone(cast: Cast) -> Phone:
    made = Phone(cast)
    made.client.post("/settings", data={"locale": "fr"})  # the first write of a day is noted with it
    return made


def test_a_locked_database_is_503_and_then_everything_arrives(phone: Phone, cast: Cast, database: str) -> None:
    with cast.app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=50")  # kept by the pool: the test need not wait for long
        writer = sqlite3.connect(str(make_url(database).database), isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
    ops = [phone.create(n % 5 + 1) for n in range(10)]
    answer = phone.post(*ops)
    assert (answer.status_code, answer.headers["Retry-After"], answer.mimetype) == (503, "5", "application/json")
    assert phone.client.get("/sync").status_code == 200  # reading goes on
    writer.execute("ROLLBACK")
    writer.close()
    assert {result["status"] for result in phone.send(*ops)} == {"applied"}
    assert len(entries(cast, "Ana")) == 10


def test_a_full_disk_is_503_and_then_everything_arrives(phone: Phone, cast: Cast, database: str) -> None:
    ops = [phone.create(n % 5 + 1, note="x" * 4000) for n in range(50)]
    with cast.app.app_context():
        db.engine.dispose()
        with db.engine.connect() as connection:  # the only one of the pool, until somebody else asks too
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
    listed: set[str] = set()
    answer = phone.post(*ops)
    assert answer.status_code in (200, 503)
    listed |= {result["op_id"] for result in (answer.json or {}).get("results", [])}
    assert len(listed) < 50
    assert len(entries(cast, "Ana")) == len(listed)
    with cast.app.app_context():
        db.engine.dispose()
    assert len(phone.send(*ops)) == 50
    assert len(entries(cast, "Ana")) == 50
    with sqlite3.connect(str(make_url(database).database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
