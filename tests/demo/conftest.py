"""A small association, told once on each database and looked at by every test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.clock import Clock
from tests.databases import ENGINES, a_copy, built, close, settings, shared
from wellbeing.config import Config
from wellbeing.demo import filling

SMALL = {"weeks": 9, "people": 16}


@dataclass(frozen=True)
class Told:
    """The application of the demo, the phrases it printed, and the evening on which it was filled."""

    app: Flask
    config: Config
    keys: filling.Keys
    now: datetime


@pytest.fixture(scope="module", params=ENGINES)
def told(
    request: pytest.FixtureRequest, shelf: Path, catalogues: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The demo of a Wednesday evening: nine weeks, sixteen participants."""
    with pytest.MonkeyPatch.context() as patch:
        now = Clock(patch).now
        for address in a_copy(request, request.param):
            place = tmp_path_factory.mktemp("demo")
            config = settings(place, database_url=address, public_url="http://localhost", **shared(shelf))
            app = built(config)
            try:
                with app.app_context():
                    keys = filling.fill(config, app.config["KEYRING"], now, **SMALL)
                yield Told(app, config, keys, now)
            finally:
                close(app)
