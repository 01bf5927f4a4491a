"""Who has chosen a few colours of their own (forced colours) gets every drawing in them; nothing vanishes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Live
from tests.browser.test_for_everyone import pages_of
from tests.cast import Cast

# What is drawn in another colour than the words beside it; a hole shows the page. A code to scan stays black on white.
OWN_COLOURS = """() => {
  const canvas = document.createElement('i');
  canvas.style.backgroundColor = 'Canvas';
  document.body.append(canvas);
  const page = getComputedStyle(canvas).backgroundColor;
  canvas.remove();
  const wrong = [];
  for (const svg of document.querySelectorAll('svg:not(.qr-code)')) {
    if (!svg.checkVisibility()) continue;
    const words = getComputedStyle(svg.parentElement).color;
    if (words === page) wrong.push(`words in the colour of the page: ${svg.parentElement.outerHTML.slice(0, 80)}`);
    for (const one of [svg, ...svg.querySelectorAll('*')]) {
      const wears = getComputedStyle(one);
      const drawn = ['use', 'path', 'circle', 'rect', 'line', 'polyline', 'polygon'].includes(one.localName);
      if (wears.color !== words) wrong.push(`color ${wears.color}: ${one.outerHTML.slice(0, 80)}`);
      for (const part of drawn ? [wears.fill, wears.stroke] : [])
        if (!['none', words, page].includes(part)) wrong.push(`${part}: ${one.outerHTML.slice(0, 80)}`);
    }
  }
  return [...new Set(wrong)];
}"""


@pytest.fixture
def chosen(cast: Cast, live: Live, new_context: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    """Whose page, in the few colours of a dark theme."""

    def open_for(who: str) -> Page:
        context = new_context(forced_colors="active", color_scheme="dark")
        phone = cast.stranger() if who == "visitor" else cast.browser(who)
        if kept := phone.get_cookie("fil", domain="localhost"):
            context.add_cookies([{"name": "fil", "value": str(kept.value), "url": live.url}])
        return context.new_page()

    return open_for


def test_every_drawing_is_in_the_colours_that_a_person_chose(cast: Cast, chosen: Callable[[str], Page]) -> None:
    wrong, drawings = [], 0
    for who, addresses in pages_of(cast).items():
        page = chosen(who)
        for address in addresses:
            page.goto(address)
            wrong += [f"{who} {address}: {what}" for what in page.evaluate(OWN_COLOURS)]
            drawings += page.locator("svg").count()
    assert drawings > 200
    assert wrong == []
