"""What every test stands on: a migrated database of its own, on both engines; the real application; a clock to move.

`database` gives each test a fresh copy of a database that the migrations made once, on SQLite and on PostgreSQL: a test
that asks for it, or for `app`, `client` or `inside`, runs twice. No test reaches beyond this machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache

from tests.postgresql import Cluster, memory
from wellbeing.config import ROOT, Config
from wellbeing.db import db

if TYPE_CHECKING:
    from tests.cast import Cast

ENGINES = ("sqlite", "postgresql")
_numbers = count(1)
A_WEDNESDAY_EVENING = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)  # 19:00 in Paris, two weeks before the clocks change


class Clock:
    """The time, as the application reads it. It stands still until a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("WELLBEING_TESTING", "1")
        self.set(A_WEDNESDAY_EVENING)

    def set(self, instant: datetime | str) -> datetime:
        """Move to an instant with its offset, such as "2026-03-29T02:30+01:00"."""
        self.now = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        if self.now.tzinfo is None:
            raise ValueError("an instant needs its offset")
        self._monkeypatch.setenv("WELLBEING_NOW", self.now.isoformat())
        return self.now

    def advance(self, **length: float) -> datetime:
        """Let time pass: `advance(days=7)`, `advance(minutes=11)`."""
        return self.set(self.now + timedelta(**length))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.now


@pytest.fixture(scope="session")
def shelf() -> Iterator[Path]:
    """A folder for this worker's databases, in memory where there is such a place: the tests wait for no disk."""
    with tempfile.TemporaryDirectory(prefix="fil-", dir=memory()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def templates(shelf: Path) -> Path:
    """Where compiled templates are kept from test to test, each of which makes its own application."""
    place = shelf / "templates"
    place.mkdir()
    return place


def shared(shelf: Path) -> dict[str, Path]:
    """What every installation of this worker has in common: its secrets, and the static files, built once."""
    return {"secrets_path": shelf / "secrets.json", "assets_built": shelf / "static"}


def settings(place: Path, **chosen: Any) -> Config:
    """The settings of an installation that lives in `place`, with the rate limits out of the way."""
    given = {"WELLBEING_INSTANCE": str(place), "WELLBEING_TESTING": "1", "WELLBEING_LIMITS": "1000000"}
    return replace(Config.from_env(given), **chosen)


@pytest.fixture(scope="session")
def catalogues() -> None:
    """The catalogues as they stand, compiled: `make` does it for people, and a test must not read yesterday's words."""
    for words in sorted((ROOT / "wellbeing" / "translations").glob("*/LC_MESSAGES/messages.po")):
        compiled = words.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
            with words.open("rb") as source, tempfile.NamedTemporaryFile(dir=words.parent, delete=False) as made:
                write_mo(made, read_po(source))
            Path(made.name).replace(compiled)


def _migrated(config: Config) -> None:
    from wellbeing import create_app  # here, so that tests of the domain need no application

    app = create_app(config)
    try:
        with app.app_context():
            upgrade()
    finally:
        _close(app)


def _close(app: Flask) -> None:
    """Close every connection, whatever happened: one left open would be found much later, far from its cause."""
    with app.app_context():
        db.engine.dispose()


def _peopled(config: Config) -> Cast:
    """Gather the cast in a migrated database; hashing their phrases takes long enough to be done once a worker."""
    from tests.cast import assembled
    from wellbeing import create_app

    with pytest.MonkeyPatch.context() as patch:
        Clock(patch)
        app = create_app(config)
        try:
            return assembled(app, A_WEDNESDAY_EVENING)
        finally:
            _close(app)


@pytest.fixture(scope="session")
def sqlite_template(shelf: Path) -> Path:
    place = shelf / "template"
    place.mkdir()
    file = place / "template.sqlite3"
    _migrated(settings(place, database_url=f"sqlite:///{file}", **shared(shelf)))
    return file


@pytest.fixture(scope="session")
def sqlite_cast(shelf: Path, sqlite_template: Path, catalogues: None) -> tuple[Path, Cast]:
    place = shelf / "cast"
    place.mkdir()
    file = place / "cast.sqlite3"
    shutil.copy(sqlite_template, file)
    return file, _peopled(settings(place, database_url=f"sqlite:///{file}", **shared(shelf)))


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
    _migrated(settings(place, database_url=cluster.url("template"), **shared(shelf)))
    yield administration
    administration.dispose()


@pytest.fixture(scope="session")
def postgresql_cast(cluster: Cluster, shelf: Path, postgresql_template: sa.Engine, catalogues: None) -> Cast:
    """The cast, in the database named `gathered`."""
    with postgresql_template.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE gathered TEMPLATE template"))
    place = shelf / "cast-postgresql"
    place.mkdir()
    return _peopled(settings(place, database_url=cluster.url("gathered"), **shared(shelf)))


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that is this test's alone: migrated, and empty unless the test asks for the cast."""
    peopled = "cast" in request.fixturenames
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_cast")[0] if peopled else request.getfixturevalue("sqlite_template")
        yield from copied_sqlite(request.getfixturevalue("shelf"), template)
    else:
        cluster, administration = (
            request.getfixturevalue("cluster"),
            request.getfixturevalue("postgresql_template"),
        )
        if peopled:
            request.getfixturevalue("postgresql_cast")
        yield from copied_postgresql(cluster, administration, "gathered" if peopled else "template")


def copied_sqlite(shelf: Path, template: Path) -> Iterator[str]:
    place = Path(tempfile.mkdtemp(dir=shelf))
    shutil.copy(template, place / "wellbeing.sqlite3")
    yield f"sqlite:///{place / 'wellbeing.sqlite3'}"
    shutil.rmtree(place)


def copied_postgresql(cluster: Cluster, administration: sa.Engine, template: str = "template") -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    with administration.connect() as connection:
        chosen = (
            "STRATEGY FILE_COPY" if (connection.dialect.server_version_info or ()) >= (15,) else ""
        )  # far quicker here
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template} {chosen}"))
    yield cluster.url(name)
    with administration.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def public_url() -> str:
    """The address people know the installation by; the test client asks under the same."""
    return "http://localhost"


@pytest.fixture
def config(database: str, shelf: Path, tmp_path: Path, public_url: str, clock: Clock) -> Config:
    return settings(tmp_path, database_url=database, public_url=public_url, **shared(shelf))


@pytest.fixture
def app(config: Config, catalogues: None, templates: Path) -> Iterator[Flask]:
    """The real application. Ask for `inside` as well to call operations and queries without a request."""
    from wellbeing import create_app

    made = create_app(config)
    made.testing = True
    made.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(templates))
    yield made
    _close(made)


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """An application context, for tests that call operations and queries directly.

    Requests of a test client must not be made inside it: they would share what Flask keeps for one request only.
    """
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def cast(app: Flask, request: pytest.FixtureRequest) -> Cast:
    """Ana and Ben of Willow, Cleo of Oak, Fay, Gus and Sam, gathered on a Wednesday evening: see tests/cast.py."""
    on_sqlite = app.config["LE_FIL"].database_url.startswith("sqlite")
    gathered: Cast = (
        request.getfixturevalue("sqlite_cast")[1] if on_sqlite else request.getfixturevalue("postgresql_cast")
    )
    return gathered.in_app(app)


HERE = ("127.0.0.1", "::1", "localhost", "", None)


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses to look up or to reach any machine but this one."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in HERE:
        raise RuntimeError(f"a test tried to reach {host!r}")


sys.addaudithook(_stay_here)
