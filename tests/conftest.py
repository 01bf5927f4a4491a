"""What every test stands on: a migrated database of its own, on both engines; the real application; a clock to move.

A test that asks for `database`, `app`, `client`, `inside` or `cast` runs twice, on SQLite and on PostgreSQL. No test
reaches beyond this machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from tests.clock import A_WEDNESDAY_EVENING, Clock
from tests.compiled import Compiled
from tests.databases import (
    built,
    close,
    cluster,
    copied_sqlite,
    costly_phrases,
    database,
    postgresql_cast,
    postgresql_template,
    settings,
    shared,
    shelf,
    sqlite_cast,
    sqlite_template,
)
from wellbeing.config import ROOT, Config
from wellbeing.web.rush import Counts

if TYPE_CHECKING:
    from tests.cast import Cast

__all__ = [
    "A_WEDNESDAY_EVENING", "Clock", "cluster", "copied_sqlite", "costly_phrases", "database", "postgresql_cast",
    "postgresql_template", "settings", "shared", "shelf", "sqlite_cast", "sqlite_template",
]  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.now


@pytest.fixture(scope="session")
def catalogues() -> None:
    """The catalogues as they stand, compiled: `make` does it for people, and a test must not read yesterday's words."""
    for words in sorted((ROOT / "wellbeing" / "translations").glob("*/LC_MESSAGES/messages.po")):
        compiled = words.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
            with words.open("rb") as source, tempfile.NamedTemporaryFile(dir=words.parent, delete=False) as made:
                write_mo(made, read_po(source))
            Path(made.name).replace(compiled)


@pytest.fixture(scope="session")
def templates(shelf: Path) -> Path:
    """Where compiled templates are kept from test to test."""
    place = shelf / "templates"
    place.mkdir()
    return place


@pytest.fixture
def public_url() -> str:
    """The address people know the installation by; the test client asks under the same."""
    return "http://localhost"


@pytest.fixture
def config(database: str, shelf: Path, public_url: str, clock: Clock) -> Iterator[Config]:
    """The settings of this test's installation; the folder it lives in is empty."""
    place = shelf / "instance"
    place.mkdir()
    yield settings(place, database_url=database, public_url=public_url, **shared(shelf))
    shutil.rmtree(place)


@pytest.fixture(scope="session")
def applications() -> dict[Config, Flask]:
    """The applications made so far: tests of one engine, which have the same settings, have the same application."""
    return {}


@pytest.fixture
def app(config: Config, applications: dict[Config, Flask], catalogues: None, templates: Path) -> Iterator[Flask]:
    """The real application. Ask for `inside` as well to call operations and queries without a request."""
    if config not in applications:
        applications[config] = built(config)
        applications[config].jinja_env.bytecode_cache = Compiled(str(templates))
    lent = applications[config]
    chosen, parts = dict(lent.config), dict(lent.extensions)
    lent.extensions["rush"] = Counts()  # the last test’s clock stood at the same minute
    yield lent
    lent.config.clear()
    lent.config.update(chosen)
    lent.extensions.clear()
    lent.extensions.update(parts)  # a publisher that a test put there ends with it
    close(lent)


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


_close = close
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
