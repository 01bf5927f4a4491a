"""What ten years of one person cost more than ten days: CPU of the same pages for two people, asked in turns."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping

from bench.installation import LONG_LIFE, Installation
from bench.load import get, under_load
from bench.servers import Server, product
from bench.tables import Row, spread, table

PAGES = ("/", "/streak", "/journal", "/insights")
FEW, MANY = 10, LONG_LIFE  # notes, one a day
ASKED, CONNECTIONS = 100, 2
Asking = tuple[Server, str]  # a server, and the cookie of who asks it


def measure(installation: Installation, rounds: int) -> None:
    """Print the tables of growth: with the notes alone, then with a workshop attended in each week besides."""
    short, long = installation.lived(FEW), installation.lived(MANY)
    pages = {page: (page, page) for page in PAGES}
    with product(installation) as server:
        notes = rows_of((server, short), (server, long), pages, rounds)
        for days in (FEW, MANY):
            installation.attends(f"{days} days")
        and_workshops = rows_of((server, short), (server, long), pages, rounds)
    heads = ("", f"{FEW} notes, ms", "÷, median", "lowest–highest")
    table(f"CPU a request with {MANY:,} notes, divided by the same with {FEW}, {rounds} rounds", heads, notes)
    table("The same, of people who also were at a workshop each week", heads, and_workshops)


def rows_of(little: Asking, much: Asking, pages: Mapping[str, tuple[str, str]], rounds: int) -> list[Row]:
    """A line for each page, by the name it is shown with: its two addresses, for whom there is little, and much."""
    cpu: dict[tuple[str, int], list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for page, which in itertools.product(pages, (0, 1) if number % 2 else (1, 0)):
            server, cookie = (little, much)[which]
            done = under_load(server, [get(pages[page][which], cookie)] * ASKED, CONNECTIONS)
            if done.failures:
                raise RuntimeError(f"{page} failed {done.failures} times")
            if number:  # the first round only warms up
                cpu[page, which].append(done.cpu)
    rows: list[Row] = []
    for page in pages:
        pairs = list(zip(cpu[page, 0], cpu[page, 1], strict=True))
        ratios = [many / few if few else 0 for few, many in pairs]
        rows.append((f"GET {page}", spread([few * 1000 for few, _ in pairs], 1)[0], *spread(ratios)))
    return rows
