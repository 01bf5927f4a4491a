"""Another site cannot make somebody write here; a script and a very old browser can, as they always could."""

from __future__ import annotations

import pytest

from tests.cast import Cast

HERE = "http://localhost"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, 403),
        ({"Origin": HERE}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": HERE + ".evil.example"}, 403),
        ({}, 303),
    ],
)
def test_who_may_write(cast: Cast, headers: dict[str, str], status: int) -> None:
    answer = cast.browser("Ana").post("/settings", data={"locale": "en"}, headers=headers)
    assert answer.status_code == status
    language = "en" if status == 303 else "fr"
    assert f'<html lang="{language}">' in cast.browser("Ana").get("/settings").text


def test_reading_is_open_to_links_from_anywhere(cast: Cast) -> None:
    answer = cast.browser("Ana").get("/settings", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
