"""Waiting for something that no screen shows."""

from __future__ import annotations

import time

from playwright.sync_api import Error, Page

PATIENCE = 8  # seconds, as for what a screen shows


def until(page: Page, expression: str) -> None:
    """Wait until this JavaScript, an expression or a function, is true in the page, which may load again meanwhile.

    Playwright's own `wait_for_function` asks again from inside the page, and there our content policy refuses a string:
    it only ever works when it is true at once. Raises AssertionError.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if page.evaluate(expression):
                return
        except Error as gone:
            if "context was destroyed" not in str(gone):
                raise
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")
