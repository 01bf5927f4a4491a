"""One group, the crowd that fills it, and a seeded source of chance that counts how often it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from tests.crowd import Crowd
from wellbeing.db import db
from wellbeing.models.release import Release
from wellbeing.publishing import operations
from wellbeing.publishing.ledger import NAME


class Chance:
    """A seeded `randbelow`."""

    def __init__(self, seed: int = 1) -> None:
        self.asked = 0
        self._random = Random(seed)

    def __call__(self, n: int) -> int:
        self.asked += 1
        return self._random.randrange(n)


@pytest.fixture
def chance() -> Chance:
    return Chance()


@pytest.fixture
def ledger(app: Flask) -> Path:
    place: Path = app.config["LE_FIL"].instance / NAME
    return place


@pytest.fixture
def crowd(app: Flask) -> Crowd:
    made = Crowd(app)
    made.group()
    return made


@pytest.fixture
def freeze(app: Flask, chance: Chance, ledger: Path) -> Callable[[datetime], None]:
    def frozen(now: datetime) -> None:
        with app.app_context():
            operations.freeze(now=now, randbelow=chance, ledger_path=ledger)

    return frozen


@pytest.fixture
def rows(app: Flask) -> Callable[[], list[dict[str, object]]]:
    def all_rows() -> list[dict[str, object]]:
        with app.app_context():
            return [
                {column.name: getattr(row, column.name) for column in Release.__table__.columns}
                for row in db.session.query(Release).order_by(Release.group_id, Release.start)
            ]

    return all_rows
