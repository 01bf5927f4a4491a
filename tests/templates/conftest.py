"""A template asks no database: one engine is enough here, and the other tests compare them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import copied_sqlite


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    yield from copied_sqlite(request.getfixturevalue("shelf"), request.getfixturevalue("sqlite_template"))
