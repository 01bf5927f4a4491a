"""A season in which Cleo's evenings are always there too."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast
from tests.clock import Clock
from tests.insights.season import Season
from tests.streak.lives import FIRST_MONDAY, Life


@pytest.fixture
def season(cast: Cast, clock: Clock) -> Season:
    lived = Season(cast, clock)
    lived.noise()
    return lived


@pytest.fixture
def life(app: Flask, clock: Clock) -> Life:
    return Life(Cast(app, FIRST_MONDAY), clock)
