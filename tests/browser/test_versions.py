"""Two phones wrote about one evening without network: the page shows both, and one tap chooses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Live
from tests.cast import Cast
from tests.sync.phone import Phone, hexed


@pytest.mark.parametrize(
    ("language", "keep", "scheme"), [("fr", "Garder celle-ci", "light"), ("en", "Keep this one", "dark")]
)
def test_one_tap_keeps_what_the_other_phone_had_said(
    cast: Cast,
    live: Live,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
    language: str,
    keep: str,
    scheme: str,
) -> None:
    mine, other = Phone(cast), Phone(cast)
    mine.client.post("/settings", data={"locale": language})
    create = mine.create(3)
    mine.send(create)
    mine.send(mine.update(create["entity"], 2, 1, note="La salle était froide, mais on a ri.", emotions=["tiredness"]))
    other.send(
        other.update(create["entity"], 4, 1, note="On a fini dehors.", energy=4, calm=2, emotions=["joy", "relief"])
    )
    other.send(other.put_note(create["entity"], "On a fini dehors, sous les tilleuls.", 1))
    cookie = mine.client.get_cookie("fil")
    assert cookie is not None
    context = new_context(color_scheme=scheme)
    context.add_cookies([{"name": "fil", "value": cookie.value, "url": live.url}])
    page = context.new_page()
    page.goto(f"/journal/entries/{hexed(create['entity'])}#versions")
    expect(page.get_by_role("button", name=keep)).to_have_count(2)
    assert (
        Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"] == []
    )
    if kept := os.environ.get("VERSIONS"):
        page.locator("#versions").scroll_into_view_if_needed()
        page.screenshot(path=f"{kept}-{language}.png", full_page=True)
    page.get_by_role("button", name=keep).first.click()
    expect(page.locator("textarea[name=note]")).to_have_value("On a fini dehors, sous les tilleuls.")
    page.get_by_role("button", name=keep).click()
    expect(page.locator("input[name=mood][value='2']")).to_be_checked()
    expect(page.locator("#versions")).to_have_count(0)
