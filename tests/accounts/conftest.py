"""A visitor for whom the rate limits are those of a real installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast


@pytest.fixture
def tight(cast: Cast) -> Iterator[FlaskClient]:
    generous = cast.app.config["LE_FIL"]
    cast.app.config["LE_FIL"] = replace(generous, limits_factor=1)
    yield cast.app.test_client()
    cast.app.config["LE_FIL"] = generous
