"""The browser is a phone of someone in France, and what its pages may not do is seen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Live, Watch


def test_the_browser_is_a_small_phone_in_french(page: Page) -> None:
    page.goto("/help")
    assert page.evaluate("() => [innerWidth, navigator.language, new Date(0).getTimezoneOffset()]") == [
        360,
        "fr-FR",
        -60,
    ]
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_a_page_that_breaks_its_promises_is_seen(page: Page, watch: Watch) -> None:
    page.goto("/help")
    page.evaluate("""() => {
        console.error('oops');
        document.body.setAttribute('style', 'color: red');
        document.body.insertAdjacentHTML('beforeend', '<img alt="" src="https://192.0.2.1/x.png">');
        setTimeout(() => { throw new Error('thrown'); });
        return new Promise((after) => setTimeout(after, 50));
    }""")
    seen, watch.seen = "\n".join(watch.seen), []
    assert "oops" in seen
    assert "thrown" in seen
    assert "style-src-attr" in seen
    assert "192.0.2.1" in seen


def test_a_server_that_went_away_comes_back_at_its_address(page: Page, live: Live) -> None:
    live.stop()
    live.start()
    answer = page.goto("/help")
    assert answer
    assert answer.status == 200
