"""A workshop that begins soon, and one that is over."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.reflections.around import HOUR, long_in
from wellbeing.models.workshop import Workshop


@pytest.fixture
def soon(cast: Cast) -> Workshop:
    """Begins in half an hour, for an hour and a half."""
    return cast.workshop("Willow", cast.now + HOUR / 2)


@pytest.fixture
def over(cast: Cast) -> Workshop:
    """Ended half an hour ago."""
    long_in(cast)
    return cast.workshop("Willow", cast.now - 2 * HOUR)
