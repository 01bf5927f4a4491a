"""Makes worlds: each an installation of its own, on a database of its own, with a seeded source of noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.compiled import Compiled
from tests.conftest import Clock, _close, copied_sqlite, settings, shared
from tests.crowd import Crowd
from tests.privacy.naive import NAIVE
from tests.privacy.worlds import World
from wellbeing import create_app

MakeWorld = Callable[..., World]


@pytest.fixture
def new_world(
    shelf: Path, sqlite_template: Path, clock: Clock, catalogues: None, templates: Path
) -> Iterator[MakeWorld]:
    """`new_world(seed=3, publisher="live")`: a world with nobody in it."""
    with ExitStack() as worlds:

        @contextmanager
        def lasting(seed: int, publisher: str | None) -> Iterator[World]:
            copies = copied_sqlite(shelf, sqlite_template)
            address = next(copies)
            place = Path(address.removeprefix("sqlite:///")).parent
            chance = Random(seed)
            naive = NAIVE[publisher] if publisher else None
            config = settings(place, database_url=address, public_url="http://localhost", **shared(shelf))
            app = create_app(config, randbelow=chance.randrange, publisher=naive.freeze if naive else None)
            if naive and naive.shows:
                naive.shows(app)
            app.testing = True
            app.jinja_env.bytecode_cache = Compiled(str(templates))
            try:
                yield World(app, clock, Crowd(app), chance)
            finally:
                _close(app)
                next(copies, None)

        yield lambda seed=1, publisher=None: worlds.enter_context(lasting(seed, publisher))
