"""What ten years of one person cost more than ten days: CPU of the same pages for two people, asked in turns."""

from __future__ import annotations

from collections import defaultdict

from bench.installation import Installation
from bench.load import get, under_load
from bench.servers import Server, product
from bench.tables import Row, spread, table

PAGES = ("/", "/streak", "/journal", "/insights")
FEW, MANY = 10, 3650  # notes, one a day
SHORT, LONG = "Ten days", "Ten years"
ASKED, CONNECTIONS = 150, 2


def measure(installation: Installation, rounds: int) -> None:
    """Print the tables of growth: with the notes alone, then with a workshop attended in each week besides."""
    short, long = installation.person(SHORT, FEW), installation.person(LONG, MANY)
    with product(installation) as server:
        notes = _rows(server, short, long, rounds)
        for name in (SHORT, LONG):
            installation.attends(name)
        and_workshops = _rows(server, short, long, rounds)
    heads = ("", f"{FEW} notes, ms", "÷, median", "lowest–highest")
    table(f"CPU a request with {MANY:,} notes, divided by the same with {FEW}, {rounds} rounds", heads, notes)
    table("The same, of people who also were at a workshop each week", heads, and_workshops)


def _rows(server: Server, short: str, long: str, rounds: int) -> list[Row]:
    cpu: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for page in PAGES:
            for cookie in (short, long) if number % 2 else (long, short):
                done = under_load(server, [get(page, cookie)] * ASKED, CONNECTIONS)
                if done.failures:
                    raise RuntimeError(f"{page} failed {done.failures} times")
                if number:  # the first round only warms up
                    cpu[page, cookie].append(done.cpu)
    rows: list[Row] = []
    for page in PAGES:
        pairs = list(zip(cpu[page, short], cpu[page, long], strict=True))
        ratios = [many / few if few else 0 for few, many in pairs]
        rows.append((f"GET {page}", spread([few * 1000 for few, _ in pairs], 1)[0], *spread(ratios)))
    return rows
