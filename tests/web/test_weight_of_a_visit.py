"""What a visit and a tap weigh, headers and all, so that it is not lost again little by little."""

from __future__ import annotations

import re

import brotli
from werkzeug.test import TestResponse

from tests.cast import Cast

SMALL = {"Accept-Encoding": "br"}


def test_a_first_visit_is_light(cast: Cast) -> None:
    """What a browser fetches of it, as `make bench ONLY=bytes` counts it, but for a line or two of headers each."""
    ana = cast.browser("Ana")
    named = set(re.findall(r'(?:href|src)="(/(?:static|manifest)[^"#]+)', ana.get("/").text))
    named -= {path for path in named if path.endswith("apple-touch-180.png")}  # which only one browser asks for
    brought = {"/", *named, "/sw.js?lang=fr&sync=1", "/offline/fr", "/help/fr", "/sync"}
    assert len(brought) == 11
    assert 0 < sum(weight(ana.get(address, headers=SMALL)) for address in brought) <= 53 * 1024


def test_a_tap_is_light(cast: Cast) -> None:
    ana = cast.browser("Ana")
    answer = ana.post("/journal", data={"mood": "4"}, headers={**SMALL, "HX-Request": "true"})
    assert "Annuler" in brotli.decompress(answer.data).decode()
    assert 0 < weight(answer) <= 2 * 1024


def weight(answer: TestResponse) -> int:
    assert answer.status_code == 200, answer.request.path
    return sum(len(f"{name}: {value}\r\n") for name, value in answer.headers) + len(answer.data)
