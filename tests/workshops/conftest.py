"""Workshops around now, in an installation whose limits are out of the way or are the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.cast import Cast


@pytest.fixture
def tight(cast: Cast) -> Iterator[Cast]:
    """The cast, in an installation whose limits are the real ones."""
    generous = cast.app.config["LE_FIL"]
    cast.app.config["LE_FIL"] = replace(generous, limits_factor=1)
    yield cast
    cast.app.config["LE_FIL"] = generous
