"""A life to live, week by week."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast
from tests.clock import Clock
from tests.streak.lives import FIRST_MONDAY, Life


@pytest.fixture
def life(app: Flask, clock: Clock) -> Life:
    return Life(Cast(app, FIRST_MONDAY), clock)
