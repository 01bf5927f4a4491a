"""Today and one tap on PostgreSQL against SQLite: two installations alike, two servers, asked in turns.

PostgreSQL waits for the disk as it does for people, so its files lie where SQLite's do and nothing is turned off. What
it takes itself is counted with what the pages take, as SQLite's share is part of theirs.
"""

from __future__ import annotations

import itertools
import os
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from bench.installation import Installation
from bench.load import Load, get, post, under_load
from bench.servers import Server, product, taken
from bench.tables import spread, table
from tests.postgresql import NOBODY, Cluster
from wellbeing.db import db

ASKED, PEOPLE = 96, 12
PAGES = ("GET /", "POST /journal")
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


class OnDisk(Cluster):
    """A throwaway server like the tests', that waits for a real disk once it is `safe`; until then it is filled."""

    def __init__(self) -> None:
        super().__init__()
        self.safe = False
        shutil.rmtree(self.place)
        self.place = Path(mkdtemp(prefix="pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.place, NOBODY)

    def run(self) -> None:
        """Start the server on the files that are there."""
        options = f"-c max_connections=50 -c listen_addresses='' -c unix_socket_directories='{self.place}'"
        options += "" if self.safe else " -c fsync=off"
        self._run("pg_ctl", "-w", "-t", "30", "-l", f"{self.place}/log", "-o", options, "start")

    def be_safe(self) -> None:
        """Start again, as for people. Whoever is connected is cut off."""
        self.safe = True
        self._run("pg_ctl", "-m", "fast", "-w", "stop")
        self.run()

    def cpu(self) -> float:
        """Seconds that the server and those it started have taken; those that have ended are in its own account."""
        first = int((self.place / "data" / "postmaster.pid").read_text().split()[0])
        return taken(lambda process, parent, _: first in (process, parent), first)


def measure(installation: Installation, rounds: int) -> None:
    """Print how much dearer the same is on PostgreSQL."""
    with _postgresql(installation.place) as (cluster, other):
        cookies = {
            SQLITE: [installation.person(f"Here {number}", days=10) for number in range(PEOPLE)],
            POSTGRESQL: [other.person(f"There {number}", days=10) for number in range(PEOPLE)],
        }
        with other.app.app_context():
            db.engine.dispose()
        cluster.be_safe()
        with product(installation) as here, product(other) as there:
            servers = {SQLITE: here, POSTGRESQL: there}
            _print(_loads(servers, cookies, cluster, rounds))


@contextmanager
def _postgresql(place: Path) -> Iterator[tuple[OnDisk, Installation]]:
    cluster = OnDisk()
    cluster.start()
    try:
        yield cluster, Installation(place / "postgresql", cluster.url())
    finally:
        cluster.stop()


def _loads(
    servers: dict[str, Server], cookies: dict[str, list[str]], cluster: OnDisk, rounds: int
) -> dict[tuple[str, str], list[tuple[Load, float]]]:
    """Of each page and engine, the runs, each with the CPU of a request, the database's own included."""
    done: dict[tuple[str, str], list[tuple[Load, float]]] = defaultdict(list)
    for number in range(rounds + 1):
        for page, engine in itertools.product(PAGES, list(servers)[:: -1 if number % 2 else 1]):
            requests = [_request(page, cookie) for cookie in itertools.islice(itertools.cycle(cookies[engine]), ASKED)]
            before = cluster.cpu()
            load = under_load(servers[engine], requests, 1)
            besides = cluster.cpu() - before if engine == POSTGRESQL else 0
            if load.failures:
                raise RuntimeError(f"{page} failed {load.failures} times on {engine}")
            if number:  # the first round only warms up
                done[page, engine].append((load, load.cpu + besides / ASKED))
    return done


def _request(page: str, cookie: str) -> str:
    return get("/", cookie) if page == "GET /" else post("/journal", cookie, op_id=str(uuid.uuid4()), mood="4")


def _print(done: dict[tuple[str, str], list[tuple[Load, float]]]) -> None:
    rows = []
    for page in PAGES:
        pairs = list(zip(done[page, POSTGRESQL], done[page, SQLITE], strict=True))
        rows += [
            (f"{page}: time of a request", *spread([one.each / two.each for (one, _), (two, _) in pairs])),
            (f"{page}: CPU of the pages", *spread([one.cpu / two.cpu for (one, _), (two, _) in pairs])),
            (f"{page}: CPU, the database's included", *spread([one / two for (_, one), (_, two) in pairs])),
        ]
    table(f"PostgreSQL ÷ SQLite, one connection, {len(pairs)} rounds", ("", "median", "lowest–highest"), rows)
