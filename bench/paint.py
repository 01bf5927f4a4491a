"""What a telephone sees, and when: a real Chromium on slow 4G with a processor four times slower, empty of everything.

Largest paint, how long scripts keep the page from answering, and how far its parts jump; beside the bare floor, the
floor with htmx, and the floor with htmx and a style sheet, asked in turns.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.floor_asked import floor_cookie
from bench.installation import Installation
from bench.servers import floor, product
from bench.tables import spread, table
from bench.wire import PHONE
from tests.browser.chromium import ARGUMENTS, chromium

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
SETTLED = 2500  # ms without anything asked, after the page is whole
WATCH = """
  window.seen = { paint: 0, first: 0, moved: 0, busy: [] };
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => (seen.paint = entry.startTime));
  watch("paint", (entry) => entry.name === "first-contentful-paint" && (seen.first = entry.startTime));
  watch("layout-shift", (entry) => entry.hadRecentInput || (seen.moved += entry.value));
  watch("longtask", (entry) => seen.busy.push([entry.startTime, entry.duration]));
"""
BARE, HTMX, STYLED = "the bare floor", "the floor with htmx", "the floor with htmx and styles"


@dataclass(frozen=True)
class Shown:
    """Milliseconds until the largest paint and in which the page could not answer, and the sum of layout shifts."""

    paint: float
    blocked: float
    moved: float


def measure(installation: Installation, rounds: int) -> None:
    """Print the table of paints."""
    cookie, code = installation.person("Painted", days=10), installation.code()
    seen: dict[str, list[Shown]] = defaultdict(list)
    with product(installation) as ours, floor(installation.place) as bare, sync_playwright() as playwright:
        here, there = f"http://localhost:{ours.port}", f"http://localhost:{bare.port}"
        pages = [(path, f"{here}{path}", cookie) for path in ("/", "/journal", "/streak")]
        pages.append(("/join", f"{here}/join?code={code}", ""))
        floors = ((BARE, "/"), (HTMX, "/?with=htmx"), (STYLED, "/?with=htmx&with=styles"))
        pages += [(name, f"{there}{path}", floor_cookie(bare)) for name, path in floors]
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for number in range(rounds + 1):
            for name, url, given in pages:
                shown = _shown(browser, url, given)
                if number:  # the first round only warms up
                    seen[name].append(shown)
        browser.close()
    _print(seen)


def _shown(browser: Browser, url: str, cookie: str) -> Shown:
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, locale="fr-FR")
    if cookie:
        name, _, text = cookie.partition("=")
        context.add_cookies([{"name": name, "value": text, "url": url}])
    page = context.new_page()
    slowed(page)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLED)
    seen: dict[str, Any] = page.evaluate("() => seen")
    context.close()
    blocked = sum(max(lasted - 50, 0) for began, lasted in seen["busy"] if began + lasted > seen["first"])
    return Shown(seen["paint"], blocked, seen["moved"])


def slowed(page: Page, network: bool = True) -> CDPSession:
    """The page as a telephone has it."""
    told = page.context.new_cdp_session(page)
    told.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if network:
        told.send("Network.enable")
        told.send("Network.emulateNetworkConditions", SLOW_4G)
    return told


def _print(seen: dict[str, list[Shown]]) -> None:
    def against(name: str, other: str) -> str:
        return spread([one.paint / two.paint for one, two in zip(seen[name], seen[other], strict=True)])[0]

    rows = []
    for name, shown in seen.items():
        ratios = [against(name, other) for other in (BARE, HTMX, STYLED)]
        blocked = spread([one.blocked for one in shown], 0)
        moved = spread([one.moved for one in shown], 3)
        rows.append((name, *spread([one.paint for one in shown], 0), *ratios, *blocked, moved[0]))
    heads = (
        "",
        "paint, ms",
        "lowest–highest",
        "÷ bare",
        "÷ htmx",
        "÷ styled",
        "blocked, ms",
        "lowest–highest",
        "moved",
    )
    table(f"First visits on slow 4G, CPU {SLOWER} times slower, {len(rows and shown)} rounds", heads, rows)
