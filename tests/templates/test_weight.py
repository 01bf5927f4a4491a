"""A slow network is never far: what every page brings stays within its weight, compressed as it is sent."""

from __future__ import annotations

import brotli
import pytest

from wellbeing.config import ROOT
from wellbeing.web.assets import as_served, joined_styles

STATIC = ROOT / "static"


def scripts() -> bytes:
    """Those of a first visit, signed in."""
    return b"".join(as_served(STATIC / "js" / path) for path in ("app.js", "outbox/page.js"))


@pytest.mark.parametrize(
    ("bytes_of", "most"),
    [
        pytest.param(lambda: joined_styles(STATIC).encode(), 8 * 1024, id="the style sheet"),
        pytest.param(lambda: as_served(STATIC / "css" / "simple.css"), 1024, id="the sheet of the simple version"),
        pytest.param(lambda: (STATIC / "icons" / "sprite.svg").read_bytes(), 3 * 1024, id="the drawings"),
        pytest.param(scripts, 13 * 1024, id="our scripts"),
        pytest.param(lambda: (STATIC / "vendor" / "htmx-4.0.1.min.js").read_bytes(), 12 * 1024, id="htmx"),
    ],
)
def test_what_a_page_brings_is_light(bytes_of: object, most: int) -> None:
    weight = len(brotli.compress(bytes_of(), quality=11))  # type: ignore[operator]
    assert 0 < weight <= most


def test_icons_of_the_application_are_small() -> None:
    pictures = list((STATIC / "icons").glob("*.png"))
    assert len(pictures) == 4
    assert sum(path.stat().st_size for path in pictures) <= 24 * 1024
