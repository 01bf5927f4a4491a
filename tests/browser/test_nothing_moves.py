"""What comes late to a page finds its room kept: nothing moves under a finger that was about to touch."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Live
from tests.browser.test_at_hand import ABLE
from tests.browser.test_facilitator import phone_of
from tests.browser.until import until
from tests.cast import Cast

# Where everything stands that a person sees, once a frame with it was drawn.
PLACES = """() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(
  [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one.tagName, one.textContent.trim(), one.getBoundingClientRect().toJSON()])))))"""


@pytest.mark.parametrize(("page_of_the_group", "brought"), [("poster", "Imprimer l’affiche"), ("report", "Imprimer")])
def test_a_button_that_needs_a_script_moves_nothing_when_it_comes(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext], page_of_the_group: str, brought: str
) -> None:
    page = phone_of("Fay", cast, live, new_context)
    late: list[Route] = []
    waiting = [late.append]
    page.route("**/*.js*", lambda route: waiting[0](route))
    page.goto(f"/groups/{cast.groups['Willow'].uid}/{page_of_the_group}", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    button = page.get_by_role("button", name=brought, exact=True)
    expect(button).to_have_count(0)  # nobody is offered what does not work yet
    until(page, "document.readyState !== 'loading'")  # of a page that is still being read, the rest is to come
    before = page.evaluate(PLACES)
    waiting[0] = Route.continue_
    for script in late:
        script.continue_()
    expect(button).to_be_visible()
    after = page.evaluate(PLACES)
    assert len(after) > len(before) > 0
    assert [one for one in before if one not in after] == []


def test_a_browser_that_can_install_says_so_and_nothing_moves(cast: Cast, live: Live, page: Page) -> None:
    page.goto("/install")
    before = page.evaluate(PLACES)
    assert page.evaluate(ABLE)
    expect(page.get_by_role("button", name="Installer", exact=True)).to_be_visible()
    assert [one for one in before if one not in page.evaluate(PLACES)] == []


def test_signing_in_is_not_drawn_before_it_is_known_whether_a_passkey_can_be_offered(live: Live, page: Page) -> None:
    late: list[Route] = []
    page.route("**/passkeys*.js*", lambda route: late.append(route))
    page.goto("/sign-in", wait_until="commit")
    expect(page.get_by_role("contentinfo")).to_be_attached()
    assert page.evaluate("performance.getEntriesByType('paint')") == []
    (script,) = late
    script.continue_()
    expect(page.locator("[data-passkey]")).to_be_visible()


def test_dates_of_long_ago_are_drawn_when_they_are_come_to_and_there_for_everybody_before(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    page = phone_of("Fay", cast, live, new_context, viewport={"width": 360, "height": 300})
    page.goto(f"/groups/{cast.groups['Willow'].uid}/workshops")
    past = page.get_by_role("region", name="Passées").get_by_role("link").last
    drawn = "(link) => link.checkVisibility({ contentVisibilityAuto: true })"
    expect(past).to_have_accessible_name(re.compile("Danse douce"))
    assert not past.evaluate(drawn)
    past.focus()
    expect(past).to_be_in_viewport()
    assert past.evaluate(drawn)


def test_without_scripts_no_room_is_left_for_a_button_that_cannot_come(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    page = phone_of("Fay", cast, live, new_context, java_script_enabled=False)
    page.goto(f"/groups/{cast.groups['Willow'].uid}/poster")
    expect(page.get_by_role("link", name="A5")).to_be_visible()
    assert page.locator("[data-print]").bounding_box() is None
