"""A real Chromium, a phone's size, in French, against the real application on this machine.

Every page a test opens is watched: one request to another host, one refusal of the content policy or one error in the
console, and the test fails, whatever else it saw.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, Request, WebError, expect
from werkzeug.serving import BaseWSGIServer, make_server

from tests.browser.chromium import ARGUMENTS, chromium
from tests.databases import a_copy

HERE = Path(__file__).parent
PHONE = {"width": 360, "height": 740}
expect.set_options(timeout=8000)  # what is waited for comes in a moment, or never: patience costs nothing
TELL_REFUSALS = """
document.addEventListener('securitypolicyviolation', (e) =>
  console.error(`refused by the content policy: ${e.violatedDirective} ${e.blockedURI} at ${e.sourceFile}`))
"""


class Live:
    """The application, answering a browser. Stopped and started again, it keeps its address."""

    def __init__(self, app: Flask, port: int) -> None:
        self.app = app
        self.port = port
        self.url = f"http://localhost:{port}"  # passkeys and service workers trust the name, not the number
        self._server: BaseWSGIServer | None = None

    def start(self) -> Live:
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None


@dataclass
class Watch:
    """What the pages of a test did that no page of ours may do."""

    seen: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.add_init_script(TELL_REFUSALS)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)
        return context

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "localhost":
            self.seen.append(f"a request to another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # An answer of 4xx, and a server that is away, are things that tests ask for; Chromium says them here as well.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"an error in the console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.seen.append(f"an error in a script: {error.error}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test that failed is tried once more, and named at the end as having needed it.

    A browser on a busy machine loses a race now and then that no person would meet, and one such race in hundreds of
    tests must not hold back a sound change. What fails twice is a fault. A test named twice in a week is mended.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watches every page; a test that provokes a refusal on purpose empties `seen` afterwards."""
    watching = Watch()
    yield watching
    assert watching.seen == []


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The browser sees no difference between the engines, which the other tests compare: here SQLite is enough."""
    yield from a_copy(request, request.param)


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def public_url(port: int) -> str:
    return f"http://localhost:{port}"


@pytest.fixture
def live(app: Flask, port: int) -> Iterator[Live]:
    """The running application: `live.url`, and `live.stop()` and `live.start()` for a server that goes away."""
    serving = Live(app, port).start()
    yield serving
    serving.stop()


@pytest.fixture
def base_url(live: Live) -> str:
    """So that a test may write `page.goto("/journal")`."""
    return live.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # LANGUAGE is what makes Chromium's own words, such as those of a refused form, French.
    ours = {**browser_type_launch_args, "args": ARGUMENTS, "env": {**os.environ, "LANGUAGE": "fr"}}
    path = chromium()
    return {**ours, "executable_path": path} if path else ours


@pytest.fixture
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {
        "base_url": base_url,
        "viewport": PHONE,
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
    }


@pytest.fixture
def started(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], live: Live, watch: Watch, tmp_path: Path
) -> Callable[[], BrowserContext]:
    """Starts a browser of its own that keeps what it knows in `tmp_path / "profile"`, closed or killed in between."""
    shown = {"viewport": PHONE, "has_touch": True, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
    chosen = {**browser_type_launch_args, **shown, "base_url": live.url}
    return lambda: watch.over(playwright.chromium.launch_persistent_context(str(tmp_path / "profile"), **chosen))


@pytest.fixture
def new_context(
    browser: Browser, browser_context_args: dict[str, Any], watch: Watch
) -> Iterator[Callable[..., BrowserContext]]:
    """Another person's phone, watched like the first: `new_context(locale="en-GB")`."""
    made: list[BrowserContext] = []

    def make(**chosen: Any) -> BrowserContext:
        made.append(browser.new_context(**{**browser_context_args, **chosen}))
        return watch.over(made[-1])

    yield make
    for context in made:
        context.close()
