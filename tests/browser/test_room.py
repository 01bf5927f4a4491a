"""What a narrow screen and large letters leave room for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_for_everyone import a_second_facilitator
from tests.cast import Cast

NewContext = Callable[..., BrowserContext]
# The lines of an element that hold nothing but a sign: a sign that stands lower than the letter before its space.
ALONE = """root => { const found = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const top = (node, at) => { const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getBoundingClientRect().top };
  while (walk.nextNode()) for (const sign of walk.currentNode.data.matchAll(/\\S[\\u202f\\u00a0][?;:»]/g))
    if (top(walk.currentNode, sign.index + 2) > top(walk.currentNode, sign.index) + 4) found.push(sign[0]);
  return found }"""


@pytest.fixture
def opened(cast: Cast, live: Live, new_context: NewContext) -> Callable[..., Page]:
    def open_for(who: str, **chosen: object) -> Page:
        context = new_context(**chosen)
        kept = cast.browser(who).get_cookie("fil", domain="localhost")
        assert kept is not None
        context.add_cookies([{"name": "fil", "value": kept.value, "url": live.url}])
        return context.new_page()

    return open_for


def test_an_error_keeps_clear_of_the_answers_under_it(opened: Callable[..., Page]) -> None:
    page = opened("Fay")
    page.goto("/groups/new")
    page.get_by_label("Nom du groupe").fill("Danser ensemble")
    page.get_by_role("button", name="Créer le groupe").click()
    error = page.locator("#activity-error")
    expect(error).to_be_visible()
    box, first = error.bounding_box(), page.locator(".answer").first.bounding_box()
    assert box is not None
    assert first is not None
    assert first["y"] - (box["y"] + box["height"]) > 5, "a ring of focus takes five pixels"


@pytest.mark.parametrize("width", [320, 360])
def test_a_question_mark_never_stands_alone_where_letters_are_large(opened: Callable[..., Page], width: int) -> None:
    page = opened("Ana", viewport={"width": width, "height": 740})
    page.goto("/")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    legend = page.locator("legend").first
    expect(legend).to_have_text("Comment ça va, là, maintenant\u202f?")
    assert legend.evaluate(ALONE) == []
    larger = [
        legend.evaluate(f"e => {{ e.style.fontSize = '{size}px' }}") or legend.evaluate(ALONE) for size in range(28, 50)
    ]
    assert any(larger), "this would have been seen"


@pytest.mark.parametrize(("width", "locale"), [(320, "fr-FR"), (360, "fr-FR"), (360, "en-GB"), (1280, "fr-FR")])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_the_way_past_the_menu_is_seen_with_its_whole_ring_and_until_then_not_at_all(
    opened: Callable[..., Page], width: int, locale: str, size: str
) -> None:
    page = opened("Ana", viewport={"width": width, "height": 740}, locale=locale)
    page.goto("/")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    edges = "e => { const at = e.getBoundingClientRect(); return [at.left, at.top, innerWidth - at.right, at.bottom] }"
    skip = page.locator(".skip")
    assert skip.evaluate(edges)[3] < 0
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert min(skip.evaluate(edges)) > 5, "a ring of focus takes five pixels"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_years_of_the_association_are_read_whole_on_any_screen(
    cast: Cast, opened: Callable[..., Page], width: int
) -> None:
    a_second_facilitator(cast, next(uid for uid in cast.codes if len(uid) == 32))
    page = opened("Sam", viewport={"width": width, "height": 740})
    page.goto("/organisation/counts")
    table = page.get_by_role("table")
    assert table.evaluate("e => [e, ...e.querySelectorAll('tbody *')].every(x => x.scrollWidth <= x.clientWidth)")
    assert table.evaluate("e => e.getBoundingClientRect().right <= document.documentElement.clientWidth")
    expect(page.get_by_role("columnheader", name="Présences")).to_have_count(1)
    expect(table.get_by_role("row").nth(1).get_by_role("cell").nth(2)).to_have_text("10")
    named = table.locator("td").nth(2).evaluate("e => getComputedStyle(e, '::before').content")
    assert ("Présences" in named) == (width < 600), "each number beside its name, or under it"


def test_the_settings_fold_what_is_rare_and_not_what_is_agreed_to(opened: Callable[..., Page]) -> None:
    page = opened("Ana", java_script_enabled=False)
    page.goto("/settings")
    expect(page.get_by_role("button", name="Retirer mon accord").first).to_be_visible()
    assert page.locator(".page").bounding_box()["height"] <= 4.5 * 740  # type: ignore[index]
    expect(page.locator("details[open]")).to_have_count(0)
    again = page.get_by_role("button", name="Me la proposer à nouveau")
    expect(again).to_be_hidden()
    page.locator("summary", has_text="Une carte qui propose de l’aide").click()
    expect(again).to_be_visible()
