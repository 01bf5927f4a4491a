"""A house as a host has it, with the cast in it; and where the programs of a host are."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.deploy.front import Front
from tests.deploy.fronts import PROGRAMS, found, started
from tests.deploy.house import House
from tests.deploy.units import Unit

_numbers = count(1)


@dataclass(frozen=True)
class AgeKey:
    """The private half, which a host keeps elsewhere; the public one goes into the settings."""

    file: Path
    recipient: str


@pytest.fixture(scope="session")
def age_key(shelf: Path) -> AgeKey:
    if shutil.which("age-keygen") is None:
        return AgeKey(shelf / "none", "")
    file = shelf / "key.txt"
    subprocess.run(["age-keygen", "-o", str(file)], check=True, capture_output=True)
    found = re.search(r"age1\w+", file.read_text())
    assert found
    return AgeKey(file, found[0])


@pytest.fixture(scope="session")
def houses(shelf: Path, sqlite_cast: tuple[Path, Cast], catalogues: None, age_key: AgeKey) -> Iterator[list[House]]:
    made: list[House] = []
    yield made
    for house in made:
        shutil.rmtree(house.under)


@pytest.fixture
def house(houses: list[House], shelf: Path, sqlite_cast: tuple[Path, Cast], age_key: AgeKey) -> House:
    """One of this test's alone."""
    return new_house(houses, shelf, sqlite_cast[0], age_key)


def new_house(houses: list[House], shelf: Path, database: Path, key: AgeKey) -> House:
    under = shelf / f"house-{next(_numbers)}"
    under.mkdir()
    houses.append(House(under, key.recipient))
    houses[-1].build(shelf, database)
    return houses[-1]


@pytest.fixture(scope="session")
def pages(houses: list[House], shelf: Path, sqlite_cast: tuple[Path, Cast], age_key: AgeKey) -> Iterator[House]:
    """A house whose pages are served, for all tests that only look."""
    house = new_house(houses, shelf, sqlite_cast[0], age_key)
    unit = Unit("le-fil-web.service", house)
    with unit.started() as server:
        assert server.stdout
        assert "https" in server.stdout.readline()
        threading.Thread(target=deque, args=(server.stdout, 0), daemon=True).start()  # a full pipe would stop it
        yield house


@pytest.fixture(scope="session")
def fronts(pages: House, shelf: Path) -> Iterator[dict[str, Front]]:
    """Each of them that is here, before these pages."""
    with ExitStack() as stack:
        yield {
            program: stack.enter_context(started(program, shelf / program, pages.port))
            for program in PROGRAMS if found(program)
        }  # fmt: skip


@pytest.fixture(params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> str:
    """The name of one of them, if it is installed."""
    if not found(request.param):
        pytest.skip(f"no {request.param} here (sh .ci/deploy)")
    return str(request.param)


@pytest.fixture
def front(program: str, request: pytest.FixtureRequest) -> Front:
    chosen: dict[str, Front] = request.getfixturevalue("fronts")
    return chosen[program]
