"""A database for each test: a copy of one that the migrations made once, on SQLite and on PostgreSQL.

Copies keep one name a worker, so that the application of the test before can be used again: making one takes longer
than most tests. Fixtures, for tests/conftest.py.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade

from tests.clock import A_WEDNESDAY_EVENING, Clock
from tests.postgresql import Cluster, memory
from wellbeing.config import Config
from wellbeing.db import db

if TYPE_CHECKING:
    from tests.cast import Cast

ENGINES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(scope="session")
def shelf() -> Iterator[Path]:
    """A folder for this worker's databases, in memory where there is such a place: the tests wait for no disk."""
    with tempfile.TemporaryDirectory(prefix="fil-", dir=memory()) as folder:
        yield Path(folder)


@cache
def _read() -> Config:
    """Settings as a host's environment gives them, under test, with the rate limits out of the way."""
    return Config.from_env({"WELLBEING_TESTING": "1", "WELLBEING_LIMITS": "1000000"})


def settings(place: Path, **chosen: Any) -> Config:
    """The settings of an installation that lives in `place`."""
    at_home = {
        "instance": place,
        "secrets_path": place / "secrets.json",
        "database_url": f"sqlite:///{place / 'wellbeing.sqlite3'}",
        "assets_built": place / "static",
    }
    return replace(_read(), **{**at_home, **chosen})


def shared(shelf: Path) -> dict[str, Path]:
    """What every installation of this worker has in common: its secrets, and the static files, built once."""
    return {"secrets_path": shelf / "secrets.json", "assets_built": shelf / "static"}


def built(config: Config, **chosen: Any) -> Flask:
    """The real application, but for one thing: its phrases are hashed at little cost, as nobody attacks them here.

    What is stored in earnest is tried where `costly_phrases` is asked for.
    """
    from wellbeing import create_app  # here, so that tests of the domain need no application
    from wellbeing.accounts import phrases

    phrases._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return create_app(config, **chosen)


@pytest.fixture
def costly_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases hashed as they are for people."""
    from wellbeing.accounts import phrases

    monkeypatch.setattr(phrases, "_hasher", phrases.IN_EARNEST)


def close(app: Flask) -> None:
    """Close every connection, whatever happened: one left open would be found much later, far from its cause."""
    with app.app_context():
        db.engine.dispose()


def migrated(config: Config) -> None:
    app = built(config)
    try:
        with app.app_context():
            upgrade()
    finally:
        close(app)


def peopled(config: Config) -> Cast:
    """Gather the cast in a migrated database."""
    from tests.cast import assembled

    with pytest.MonkeyPatch.context() as patch:
        Clock(patch)
        app = built(config)
        try:
            return assembled(app, A_WEDNESDAY_EVENING)
        finally:
            close(app)


@pytest.fixture(scope="session")
def sqlite_template(shelf: Path) -> Path:
    place = shelf / "template"
    place.mkdir()
    file = place / "template.sqlite3"
    migrated(settings(place, database_url=f"sqlite:///{file}", **shared(shelf)))
    return file


@pytest.fixture(scope="session")
def sqlite_cast(shelf: Path, sqlite_template: Path, catalogues: None) -> tuple[Path, Cast]:
    place = shelf / "cast"
    place.mkdir()
    file = place / "cast.sqlite3"
    shutil.copy(sqlite_template, file)
    return file, peopled(settings(place, database_url=f"sqlite:///{file}", **shared(shelf)))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    running = Cluster().start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster, shelf: Path) -> Iterator[sa.Engine]:
    """The engine that makes copies of the migrated database named `template`."""
    administration = sa.create_engine(cluster.url(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with administration.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE template"))
    place = shelf / "template-postgresql"
    place.mkdir()
    migrated(settings(place, database_url=cluster.url("template"), **shared(shelf)))
    yield administration
    administration.dispose()


@pytest.fixture(scope="session")
def postgresql_cast(cluster: Cluster, shelf: Path, postgresql_template: sa.Engine, catalogues: None) -> Cast:
    """The cast, in the database named `gathered`."""
    with postgresql_template.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE gathered TEMPLATE template"))
    place = shelf / "cast-postgresql"
    place.mkdir()
    return peopled(settings(place, database_url=cluster.url("gathered"), **shared(shelf)))


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that is this test's alone: migrated, and empty unless the test asks for the cast."""
    yield from a_copy(request, request.param)


def a_copy(request: pytest.FixtureRequest, engine: str) -> Iterator[str]:
    """The address of a fresh copy on one engine; gone after the test."""
    with_people = "cast" in request.fixturenames
    if engine == "sqlite":
        template = (
            request.getfixturevalue("sqlite_cast")[0] if with_people else request.getfixturevalue("sqlite_template")
        )
        shelf = request.getfixturevalue("shelf")
        return copied_sqlite(shelf, template, shelf / "current")
    if with_people:
        request.getfixturevalue("postgresql_cast")
    administration = request.getfixturevalue("postgresql_template")
    return copied_postgresql(
        request.getfixturevalue("cluster"), administration, "gathered" if with_people else "template"
    )


def copied_sqlite(shelf: Path, template: Path, place: Path | None = None) -> Iterator[str]:
    """The address of a copy, in a folder named by the caller or of its own."""
    place = place or shelf / f"copy-{next(_numbers)}"
    place.mkdir()
    shutil.copy(template, place / "wellbeing.sqlite3")
    yield f"sqlite:///{place / 'wellbeing.sqlite3'}"
    shutil.rmtree(place)


def copied_postgresql(cluster: Cluster, administration: sa.Engine, template: str) -> Iterator[str]:
    with administration.connect() as connection:
        newer = (connection.dialect.server_version_info or ()) >= (15,)
        quickly = "STRATEGY FILE_COPY" if newer else ""
        connection.execute(sa.text(f"CREATE DATABASE current TEMPLATE {template} {quickly}"))
    yield cluster.url("current")
    with administration.connect() as connection:
        connection.execute(sa.text("DROP DATABASE current WITH (FORCE)"))
