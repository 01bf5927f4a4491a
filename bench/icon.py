"""From the icon to buttons that can be tapped, without network: the server is gone, the service worker asleep, the
processor of the page four times slower.

Chromium itself is open: a telephone starts it no faster for us. The worker runs on a thread that cannot be slowed.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, sync_playwright

from bench.installation import Installation
from bench.paint import SLOWER, slowed
from bench.relay import relayed
from bench.servers import product
from bench.tables import spread, table
from bench.wire import ENDED, PATIENCE, _phone

READY = """
  const look = () => {
    const button = document.querySelector("button[name=mood]");
    if (button?.checkVisibility() && !button.disabled) window.usable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""
USABLE = """async () => {
  while (!window.usable) await new Promise(requestAnimationFrame);
  return window.usable;
}"""


def measure(installation: Installation, rounds: int) -> None:
    """Print how long it takes, rounds times."""
    cookie = installation.person("Offline", days=10)
    with sync_playwright() as playwright, TemporaryDirectory(dir=installation.place) as profile:
        with product(installation) as server, relayed(server.port) as relay:
            context, url = _phone(playwright, Path(profile)), relay.url
            name, _, text = cookie.partition("=")
            context.add_cookies([{"name": name, "value": text, "url": url, "expires": time.time() + 86400}])
            page = context.pages[0]
            for _ in range(2):  # the second visit is the worker's own, and writes down what a phone keeps
                page.goto(url)
                page.evaluate(ENDED, PATIENCE)
                page.wait_for_timeout(1500)
        took = [_started(context, url) for _ in range(rounds + 1)][1:]
        context.close()
    rows = [("until a mood can be tapped, ms", *spread(took, 0))]
    table(f"Started from its icon without network, CPU {SLOWER} times slower", ("", "median", "lowest–highest"), rows)


def _started(context: BrowserContext, url: str) -> float:
    """Milliseconds, of a page of its own whose worker has to be started first."""
    page = context.new_page()
    told = slowed(page, network=False)
    told.send("ServiceWorker.enable")
    told.send("ServiceWorker.stopAllWorkers")
    page.add_init_script(READY)
    page.goto(url, wait_until="commit")
    took = float(page.evaluate(USABLE))
    page.close()
    return took
