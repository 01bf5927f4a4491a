"""A device's name in its owner's list: a system and a browser, and nothing that tells one device from the next."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from wellbeing.domain.labels import BROWSERS, SYSTEMS, label_of


@pytest.mark.parametrize(
    ("description", "label"),
    [
        ("(Linux; Android 15; Pixel 7) Chrome/156.0.0.0 Mobile Safari/537.36", "Android · Chrome"),
        ("(iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "iPhone · Safari"),
        ("(iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/156.0 Mobile Safari/604.1", "iPhone · Chrome"),
        ("(X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Linux · Firefox"),
        ("(Windows NT 10.0; Win64; x64) Chrome/156.0.0.0 Safari/537.36 Edg/156.0", "Windows · Edge"),
        ("(Linux; Android 15) SamsungBrowser/30.0 Chrome/140.0 Mobile Safari/537.36", "Android · Samsung Internet"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_called_by_its_system_and_its_browser(description: str, label: str) -> None:
    assert label_of(f"Mozilla/5.0 {description}") == label


@given(strategies.text())
def test_nothing_of_the_description_itself_is_kept(description: str) -> None:
    words = {"", *(word for _, word in SYSTEMS), *(word for _, word in BROWSERS)}
    assert set(label_of(description).split(" · ")) <= words
