"""What a visit weighs: a real Chromium, a phone's size, whose every byte passes a relay that counts it.

The relay sees what the network would: pages, styles, scripts, icons, and what the service worker fetches by itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from bench.installation import Installation
from bench.relay import Exchange, Relay, relayed
from bench.servers import product
from bench.tables import table
from tests.browser.chromium import ARGUMENTS, chromium

PHONE: ViewportSize = {"width": 360, "height": 740}
KINDS = ("page", "styles", "scripts", "icons", "worker", "shell")
ENDED = """async (patience) => {
  const until = Date.now() + patience * 1000, later = () => new Promise((go) => setTimeout(go, 50));
  const kept = async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated";
  while (!(await kept()) && Date.now() < until) await later();
}"""
QUIET, PATIENCE = 2.0, 60.0
Acts = Callable[[Page], None]


def measure(installation: Installation, rounds: int) -> None:  # noqa: ARG001 - bytes do not vary from round to round
    """Print the table of weights."""
    cookie, join = installation.person("Ana", days=10), f"/join?code={installation.code()}"
    visits: dict[str, list[Exchange]] = {}
    with product(installation) as server, relayed(server.port) as relay, sync_playwright() as playwright:
        for name, path, given in (("signed in", "/", cookie), ("at /join", join, "")):
            with TemporaryDirectory(dir=installation.place) as profile:
                for which in ("first visit", "second visit"):
                    visits[f"{which}, {name}"] = _visit(playwright, relay, Path(profile), path, given)
                if given:
                    visits["one tap on a mood"] = _visit(playwright, relay, Path(profile), path, given, _tap)
    rows = [(name, *_weights(exchanges)) for name, exchanges in visits.items()]
    table("Weight on the wire, KiB (headers and all)", ("", "requests", "down", "up", *KINDS), rows)
    for name in ("first visit, signed in", "second visit, signed in"):
        lines = [(exchange.path, f"{exchange.down:,}", f"{exchange.up:,}") for exchange in visits[name]]
        table(f"{name[0].upper()}{name[1:]}: every request, bytes", ("", "down", "up"), lines)


def _visit(
    playwright: Playwright, relay: Relay, profile: Path, path: str, cookie: str, act: Acts | None = None
) -> list[Exchange]:
    """Open the page with this profile until nothing moves any more; what was exchanged, or only by `act` after that."""
    context = _phone(playwright, profile)
    try:
        if cookie:
            name, _, text = cookie.partition("=")
            context.add_cookies([{"name": name, "value": text, "url": relay.url, "expires": time.time() + 86400}])
        relay.forget()
        page = context.pages[0]
        page.goto(f"{relay.url}{path}")
        page.evaluate(ENDED, PATIENCE)
        _wait_until_quiet(relay, page)
        if act:
            relay.forget()
            act(page)
            _wait_until_quiet(relay, page)
            return [exchange for exchange in relay.exchanges if exchange.kind != "worker"]  # which it renews meanwhile
        return relay.exchanges
    finally:
        context.close()


def _phone(playwright: Playwright, profile: Path) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=chromium(),
        args=ARGUMENTS,
        env={**os.environ, "LANGUAGE": "fr"},
        viewport=PHONE,
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="fr-FR",
    )


def _tap(page: Page) -> None:
    page.locator("button[name=mood][value='4']").tap()
    page.locator("#saved").wait_for()


def _wait_until_quiet(relay: Relay, page: Page) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and relay.silent_for() < QUIET:
        page.wait_for_timeout(100)


def _weights(exchanges: list[Exchange]) -> tuple[str, ...]:
    by_kind = {kind: sum(exchange.down for exchange in exchanges if exchange.kind == kind) for kind in KINDS}
    down, up = sum(exchange.down for exchange in exchanges), sum(exchange.up for exchange in exchanges)
    return str(len(exchanges)), *(f"{weight / 1024:.1f}" for weight in (down, up, *by_kind.values()))
