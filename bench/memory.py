"""What one web worker holds after ten thousand requests of every common kind, and whether it stays there."""

from __future__ import annotations

import itertools
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.installation import Installation
from bench.load import get, post, under_load
from bench.servers import product
from bench.tables import table

ASKED, STEPS, CONNECTIONS, PEOPLE = 10_000, 5, 4, 40
PAGES = ("/", "/journal", "/streak", "/insights", "/workshops", "/settings", "/help", "/data/export.json")


def measure(installation: Installation, rounds: int) -> None:
    """Print its memory as requests go by; ROUNDS=1 is a twentieth of them."""
    asked = ASKED if rounds > 1 else ASKED // 20
    people = [installation.person(f"Reader of many {number}", days=10) for number in range(PEOPLE)]
    asking = _asking(people)
    rows = []
    with product(installation, "--workers", "1") as server:
        [worker] = server.workers()
        rows.append(("nothing yet", *_held(worker)))
        for step in range(STEPS):
            failures = under_load(server, list(itertools.islice(asking, asked // STEPS)), CONNECTIONS)
            if failures.failures:
                raise RuntimeError(f"{failures.failures} requests failed")
            rows.append((f"{asked // STEPS * (step + 1):,} requests", *_held(worker)))
    table("Memory of one web worker, MiB", ("", "resident", "of its own"), rows)


def _asking(people: Sequence[str]) -> Iterator[str]:
    """Every kind of page, a tap, and a tap of some turns before taken back: the pages are as long at the end."""
    whose, taps = itertools.cycle(people), deque[tuple[str, str]]()
    while True:
        yield from (get(page, next(whose)) for page in PAGES)
        cookie, op_id = next(whose), uuid.uuid4()
        taps.append((cookie, op_id.hex))
        yield post("/journal", cookie, op_id=str(op_id), mood="4")
        if len(taps) > CONNECTIONS:  # so that it has been answered
            cookie, uid = taps.popleft()
            yield post(f"/journal/entries/{uid}/deletion", cookie, page="1")


def _held(process: int) -> tuple[str, str]:
    """What it holds in memory, and what of that it shares with nobody: the rest was read once, before the fork."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}
    return f"{sizes['Rss']:.0f}", f"{sizes['Private_Clean'] + sizes['Private_Dirty']:.0f}"
