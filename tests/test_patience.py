"""A slow or locked PostgreSQL keeps nobody waiting for ever: a page says to try again, and nothing is half done."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.cast import Cast
from tests.databases import a_copy, built, close
from tests.journal.record import rows
from tests.sync.phone import HERE, fresh
from wellbeing.config import ROOT
from wellbeing.db import POOL, db


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """SQLite has its own patience (`tests/sync/test_file_that_refuses.py`)."""
    yield from a_copy(request, "postgresql")


@pytest.fixture
def hurried(cast: Cast) -> Iterator[Cast]:
    """Pages that wait a second and no longer."""
    app = built(replace(cast.app.config["LE_FIL"], database_seconds=1))
    yield cast.in_app(app)
    close(app)


def test_a_note_that_meets_a_lock_is_told_to_come_back_and_arrives_then(hurried: Cast) -> None:
    close(hurried.app)
    ana, op = hurried.browser("Ana"), fresh()
    tap = {"op_id": op, "mood": "4"}
    holder = sa.create_engine(hurried.app.config["LE_FIL"].database_url, poolclass=sa.NullPool)
    with holder.connect() as other:
        other.execute(sa.text("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE"))
        refused = ana.post("/journal", data=tap, headers=HERE)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"]
        other.rollback()
    assert rows(hurried.app, "SELECT 1 FROM entry WHERE mood = 4") == []
    assert ana.post("/journal", data=tap, headers=HERE).status_code in (200, 303)
    assert len(rows(hurried.app, "SELECT 1 FROM entry WHERE mood = 4")) == 1


def test_a_page_has_limits_and_a_command_has_none(hurried: Cast) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

    def limits() -> list[str]:
        found = [str(db.session.scalar(sa.text(f"SHOW {name}"))) for name in names]
        db.session.remove()
        db.engine.dispose()
        return found

    close(hurried.app)
    with hurried.app.test_request_context():
        assert limits() == ["1s", "1s", "4s"]
    with hurried.app.app_context():
        assert limits() == ["0", "0", "0"]


def test_no_thread_waits_for_a_connection() -> None:
    threads = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["threads"]
    assert POOL["pool_size"] >= threads
