"""A slow network is never far: what every page brings stays within its weight, compressed as it is sent."""

from __future__ import annotations

import brotli
import pytest
from flask.testing import FlaskClient

from wellbeing.config import ROOT
from wellbeing.web.assets import as_served, joined_styles, style_sheets

STATIC = ROOT / "static"


def scripts() -> bytes:
    """Those of every page."""
    return as_served(STATIC / "js" / "app.js")


@pytest.mark.parametrize(
    ("bytes_of", "most"),
    [
        pytest.param(lambda: joined_styles(STATIC).encode(), 6.2 * 1024, id="the style sheet"),
        pytest.param(
            lambda: style_sheets(STATIC)["css/simple.css"].encode(), 1024, id="the sheet of the simple version"
        ),
        pytest.param(lambda: (STATIC / "icons" / "sprite.svg").read_bytes(), 1.8 * 1024, id="the drawings"),
        pytest.param(scripts, 14.6 * 1024, id="our scripts"),
        pytest.param(lambda: (STATIC / "vendor" / "htmx-4.0.1.min.js").read_bytes(), 12 * 1024, id="htmx"),
    ],
)
def test_what_a_page_brings_is_light(bytes_of: object, most: float) -> None:
    weight = len(brotli.compress(bytes_of(), quality=11))  # type: ignore[operator]
    assert 0 < weight <= most


@pytest.mark.parametrize(
    ("address", "most"), [("/offline/fr", 6.5), ("/offline/en", 6.5), ("/help/fr", 3), ("/sw.js?lang=fr&sync=1", 1.3)]
)
def test_the_shell_that_a_device_keeps_is_light(client: FlaskClient, address: str, most: float) -> None:
    assert 0 < len(client.get(address, headers={"Accept-Encoding": "br"}).data) <= most * 1024


def test_icons_of_the_application_are_small() -> None:
    pictures = list((STATIC / "icons").glob("*.png"))
    assert len(pictures) == 4
    assert sum(path.stat().st_size for path in pictures) <= 24 * 1024
