"""What the faults need: the program that forks servers, and sites to be ruined, one a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.clock import Clock
from tests.databases import copied_postgresql, copied_sqlite, shared
from tests.faults.server import Nursery
from tests.faults.site import Site, opened

NewSite = Callable[..., AbstractContextManager[Site]]


@pytest.fixture(scope="session")
def nursery(shelf: Path, catalogues: None) -> Iterator[Nursery]:
    started = Nursery(shelf / "static")
    yield started
    started.close()


@pytest.fixture
def new_site(
    nursery: Nursery, shelf: Path, sqlite_cast: tuple[Path, Cast], tmp_path: Path, clock: Clock
) -> Iterator[NewSite]:
    """Opens sites on SQLite, each on a database of its own: `with new_site(ways="split") as site`."""
    chosen = {name: str(path) for name, path in shared(shelf).items()}
    made: list[Iterator[str]] = []

    def make(**how: Any) -> AbstractContextManager[Site]:
        made.append(copied_sqlite(shelf, sqlite_cast[0]))
        return opened(nursery, shelf / "site", sqlite_cast[1], chosen | {"database_url": next(made[-1])}, **how)

    yield make
    for copy in made:
        next(copy, None)


@pytest.fixture
def postgresql_site(
    request: pytest.FixtureRequest, nursery: Nursery, shelf: Path, postgresql_cast: Cast, clock: Clock
) -> Iterator[Site]:
    """A site on PostgreSQL."""
    administration = request.getfixturevalue("postgresql_template")
    copy = copied_postgresql(request.getfixturevalue("cluster"), administration, "gathered")
    chosen = {name: str(path) for name, path in shared(shelf).items()}
    with opened(nursery, shelf / "site", postgresql_cast, chosen | {"database_url": next(copy)}) as site:
        yield site
    next(copy, None)
