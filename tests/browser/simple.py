"""The phone of somebody of 78: letters at 200 %, a hand that trembles, and the simple version."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.cast import Cast

NewContext = Callable[..., BrowserContext]
# What a page of the simple version may not do: text under 20 px (twice that at 200 %), anything that covers the page,
# lines closer than one and a half, columns side by side among answers.
TOO_SMALL = """least => {
  const small = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement, style = getComputedStyle(element);
    const text = walk.currentNode.data.trim(), aside = element.closest(".unseen, noscript, template, .skip");
    if (!text || aside || !element.checkVisibility()) continue;
    if (parseFloat(style.fontSize) < least) small.push(`${style.fontSize}: ${text.slice(0, 40)}`);
  }
  return small;
}"""
COVERING = """() => [...document.querySelectorAll("body *")]
  .filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.checkVisibility())
  .map((e) => e.outerHTML.slice(0, 80))"""


def large_letters(page: Page) -> Page:
    """A phone set to letters of 200 %: every rem, and every em of a media query, is twice as large."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    return page


def trembling(page: Page, *points: tuple[float, float]) -> None:
    """One hand that taps these points within a fifth of a second by its own clock, however slow this machine is."""
    finger, at = page.context.new_cdp_session(page), time.time()
    for x, y in points:
        for kind, there in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": there, "timestamp": at})
            at += 0.05


def signed_in(cast: Cast, url: str, new_context: NewContext, name: str = "Ana", **chosen: Any) -> Page:
    """A phone of somebody who has an account, who reads the simple version if `simple` says so."""
    simple = chosen.pop("simple", False)
    browser = cast.browser(name)
    if simple:
        browser.post("/display", data={"simple": "1"}, headers={"Origin": url})
    context = new_context(**chosen)
    kept = browser.get_cookie("fil", domain="localhost")
    assert kept is not None
    context.add_cookies([{"name": "fil", "value": str(kept.value), "url": url}])
    return context.new_page()


class Taps:
    """Counts activations."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.made = 0

    def on(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.tap()  # type: ignore[arg-type]
        self.made += 1
