"""What ten years of one person cost more than ten days: CPU of the same pages for two people, asked in turns."""

from __future__ import annotations

from collections import defaultdict

from bench.installation import Installation
from bench.load import get, under_load
from bench.servers import product
from bench.tables import spread, table

PAGES = ("/", "/streak", "/journal")
FEW, MANY = 10, 3650  # notes, one a day
ASKED, CONNECTIONS = 200, 2


def measure(installation: Installation, rounds: int) -> None:
    """Print the table of growth."""
    short, long = installation.person("Ten days", FEW), installation.person("Ten years", MANY)
    cpu: dict[tuple[str, str], list[float]] = defaultdict(list)
    failures = 0
    with product(installation) as server:
        for number in range(rounds + 1):
            for page in PAGES:
                for cookie in (short, long) if number % 2 else (long, short):
                    done = under_load(server, [get(page, cookie)] * ASKED, CONNECTIONS)
                    failures += done.failures
                    if number:  # the first round only warms up
                        cpu[page, cookie].append(done.cpu)
    rows = []
    for page in PAGES:
        pairs = zip(cpu[page, short], cpu[page, long], strict=True)
        rows.append((f"GET {page}", *spread([many / few if few else 0 for few, many in pairs])))
    title = f"CPU a request with {MANY:,} notes, divided by the same with {FEW}, {rounds} rounds, {failures} failed"
    table(title, ("", "median", "lowest–highest"), rows)
