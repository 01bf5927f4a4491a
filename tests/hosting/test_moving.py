"""Moving from SQLite to PostgreSQL: every row, every word, and nothing half-way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import CANARY, Cast
from tests.databases import built, close
from tests.hosting.conftest import Command, commanded
from tests.hosting.test_drill import noted, page
from tests.kills import KILLED, end_of, forked
from tests.postgresql import Cluster
from wellbeing.db import db
from wellbeing.hosting.operations import moving
from wellbeing.web.restoring import MOVED, alone


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, shelf: Path) -> Iterator[str]:
    """Only SQLite is moved from."""
    from tests.databases import a_copy

    yield from a_copy(request, request.param)


@pytest.fixture
def address(cluster: Cluster) -> Iterator[str]:
    """An empty PostgreSQL."""
    administration = sa.create_engine(cluster.url(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with administration.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE moved"))
    yield cluster.url("moved")
    with administration.connect() as connection:
        connection.execute(sa.text("DROP DATABASE moved WITH (FORCE)"))


def there(app: Flask, address: str) -> Flask:
    return built(replace(app.config["LE_FIL"], database_url=address))


def content(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row, told apart from the product’s own comparison: by what each value looks like."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))  # type: ignore[misc]
            for table in db.metadata.sorted_tables
        }


def tables_at(address: str) -> list[str]:
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    found = sa.inspect(engine).get_table_names()
    engine.dispose()
    return found


def test_a_note_written_before_is_read_after_and_every_row_came_along(
    place: Cast, command: Command, address: str
) -> None:
    uid = noted(place, "Ana", f"écrite avant {CANARY}")
    noted(place, "Ben", f"d’un autre {CANARY}")
    before = content(place.app)
    assert len(before["entry"]) == 2
    done = command("move-database", address)
    assert done.exit_code == 0, done.output
    assert f"{sum(map(len, before.values()))} rows" in done.output
    app = there(place.app, address)
    try:
        assert content(app) == before
        cast = place.in_app(app)
        assert f"écrite avant {CANARY}" in page(cast, "Ana", uid)
        later = noted(cast, "Ana", "écrite après")  # numbers go on from the highest
        assert "écrite après" in page(cast, "Ana", later)
        assert cast.stranger().post("/sign-in", data={"phrase": cast.people["Ben"].phrase}).status_code == 303
    finally:
        close(app)
    assert content(place.app) == before
    assert place.stranger().get("/help/fr").status_code == 503  # the old one takes nothing in any more
    said = command("check").output
    assert "was moved to PostgreSQL" in said
    assert "is not empty" in command("move-database", address).output


def test_what_cannot_be_moved_is_refused_and_changes_nothing(place: Cast, command: Command, address: str) -> None:
    before = content(place.app)

    def refused(because: str, to: str = address) -> None:
        done = command("move-database", to)
        assert done.exit_code == 1, done.output
        assert because in done.output
        assert content(place.app) == before
        assert not (place.app.config["LE_FIL"].instance / MOVED).exists()

    refused("Name the PostgreSQL", "sqlite:///elsewhere.sqlite3")
    refused("DATABASE_URL must start with", "mysql://host/name")
    refused("does not answer", address.replace("/moved", "/nowhere"))
    with alone(place.app.config["LE_FIL"].instance):
        refused("at this very moment")
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('0001')"))
    refused("is at 0001")
    assert tables_at(address) == ["alembic_version"]
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))
    app = there(place.app, address)
    assert commanded(app)("prepare").exit_code == 0  # a setup code is somebody's already
    close(app)
    refused("is not empty")


def test_one_that_is_killed_leaves_postgresql_empty_and_sqlite_serving(place: Cast, address: str) -> None:
    before, steps, killed = content(place.app), 300, 0
    close(place.app)
    while True:
        code = end_of(forked(partial(_moved, place.app, address), steps, begins="move"))
        if code == 0:
            break
        assert code == KILLED
        killed += 1
        assert content(place.app) == before
        close(place.app)
        if tables_at(address):  # killed between the last commit and the word of it: everything is there
            app = there(place.app, address)
            assert content(app) == before
            close(app)
            break
        assert place.stranger().get("/help/fr").status_code == 200
        close(place.app)
        steps *= 6
    assert killed >= 3
    assert tables_at(address)


def _moved(app: Flask, address: str) -> None:
    with app.app_context():
        moving.move(address)
