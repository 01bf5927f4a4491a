"""`make soak`: every fault at full size, three seeds each, more workers than cores. Prints a table; ends with 1 if any
row is not nothing lost, nothing doubled, and a whole database.

SIZE=0.05 is a twentieth of it; ONLY=F4 one fault; SEEDS=1 one seed. At full size it takes about two hours.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from tests.cast import Cast
from tests.databases import copied_postgresql, copied_sqlite, migrated, peopled, settings, shared
from tests.faults import strace
from tests.faults.again import AGAIN
from tests.faults.scenarios import clocks, figures, killed, longer, network, nodes, people, power, servers
from tests.faults.server import Nursery
from tests.faults.site import Scenario, Site, Tally, opened
from tests.postgresql import Cluster, memory

SIZE = float(os.environ.get("SIZE") or 1)
SEEDS = int(os.environ.get("SEEDS") or 3)
WORKERS = 4


@dataclass(frozen=True)
class Fault:
    """A row of the matrix: what is done, how often at full size, and on which database or disk."""

    name: str
    scenario: Scenario
    full: int
    least: int = 1
    on: str = "sqlite"

    @property
    def size(self) -> int:
        return max(self.least, round(self.full * SIZE))


def matrix(cluster: Cluster) -> list[Fault]:
    return [
        Fault("F1", servers.f1, 200, 4), Fault("F1", servers.f1, 200, 4, "postgresql"), Fault("F2", network.f2, 500),
        Fault("F3", network.f3, 500, 2), Fault("F4", network.f4, 10_000, 60),
        Fault("F4", network.f4, 10_000, 60, "postgresql"), Fault("F5", servers.f5, 50),
        Fault("F5", longer.f5_long, 30, 12), Fault("F6", servers.f6, 50), Fault("F6", longer.f6_disk, 20, 1, "disk"),
        Fault("F7", network.f7, 600, 10), Fault("F8", people.f8, 600, 10), Fault("F9", people.f9, 50),
        Fault("F10", people.f10, 1000, 20), Fault("F11", people.f11, 50), Fault("F12", clocks.f12, 20),
        Fault("F13", clocks.f13, 50), Fault("F14", clocks.f14, 50), Fault("F15", network.f15, 10_000, 200),
        Fault("F16", people.f16, 200, 2), Fault("F16", people.f16, 200, 2, "postgresql"),
        Fault("F20", killed.f20, 50, 4), Fault("F20", killed.f20, 50, 4, "postgresql"),
        Fault("F21", people.f21, 1000, 20), Fault("F22", servers.f22, 2000, 40, "postgresql"),
        Fault("F22", partial(longer.f22_killed, cluster=cluster), 200, 4, "postgresql"),
        Fault("F23", power.f23, 2000, 50), Fault("F23", figures.f23_figures, 1000, 20), Fault("F24", killed.f24, 20, 3),
        Fault("F24", killed.f24, 20, 3, "postgresql"), Fault("F25", network.f25, 50),
        Fault("two nodes", nodes.two_nodes, 100, 4, "postgresql"),
    ]  # fmt: skip


class Ground:
    """Peopled databases, and the copies of them that each run has for itself."""

    def __init__(self, shelf: Path, cluster: Cluster) -> None:
        self.shelf, self.cluster, self._numbers = shelf, cluster, count(1)
        self.nursery = Nursery(shelf / "static")
        self.administration = sa.create_engine(cluster.url(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with self.administration.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE gathered"))
        self.file = shelf / "gathered.sqlite3"
        self.casts = {
            "sqlite": self._gathered(f"sqlite:///{self.file}"), "postgresql": self._gathered(cluster.url("gathered"))
        }  # fmt: skip

    def _gathered(self, address: str) -> Cast:
        place = self.shelf / f"place-{next(self._numbers)}"
        place.mkdir()
        config = settings(place, database_url=address, **shared(self.shelf))
        migrated(config)
        return peopled(config)

    @contextmanager
    def site(self, on: str, seed: int) -> Iterator[Site]:
        number = next(self._numbers)
        disk = self.shelf / f"disk-{number}"
        engine = "postgresql" if on == "postgresql" else "sqlite"
        if on == "disk":
            longer.small_disk(disk)
        if engine == "sqlite":
            copies = copied_sqlite(self.shelf, self.file, disk / "site" if on == "disk" else None)
        else:
            copies = copied_postgresql(self.cluster, self.administration, "gathered")
        chosen = {name: str(path) for name, path in shared(self.shelf).items()} | {"database_url": next(copies)}
        try:
            place = self.shelf / f"site-{number}"
            with opened(self.nursery, place, self.casts[engine], chosen, seed, workers=WORKERS) as site:
                site.disk = disk
                yield site
        finally:
            next(copies, None)
            if on == "disk":
                longer.gone(disk)


def run(fault: Fault, seed: int, ground: Ground) -> Tally:
    with ground.site(fault.on, seed) as site:
        return fault.scenario(site, fault.size)


def line(fault: Fault, tallies: list[Tally]) -> str:
    def total(of: Callable[[Tally], int]) -> int:
        return sum(of(tally) for tally in tallies)

    whole = " ".join(sorted({tally.integrity for tally in tallies}))
    where = {"sqlite": "", "postgresql": ", PostgreSQL", "disk": ""}[fault.on]
    counted = [total(lambda t: t.repetitions), total(lambda t: t.sent), total(lambda t: len(t.lost))]
    cells = [tallies[0].fault + where, *counted, total(lambda t: len(t.doubled)), whole]
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> int:
    began, clean = time.monotonic(), True
    only = os.environ.get("ONLY", "")
    with tempfile.TemporaryDirectory(prefix="fil-", dir=memory()) as shelf:
        cluster = Cluster().start()
        ground = Ground(Path(shelf), cluster)
        print(f"SIZE={SIZE:g}, {SEEDS} seeds, {WORKERS} workers on {os.cpu_count()} cores, {date.today()}\n")  # noqa: T201, DTZ011
        print("| fault | repetitions | ops sent | lost | doubled | integrity |\n|---|---|---|---|---|---|", flush=True)  # noqa: T201
        try:
            for fault in matrix(cluster):
                if only not in ("", fault.name):
                    continue
                if fault.on == "disk" and not longer.may_mount(Path(shelf) / "disk"):
                    print(f"| {fault.name} disk really full | not tried: this user may not mount one | | | | |")  # noqa: T201
                elif fault.name == "F23" and not strace.usable():
                    print(f"| {fault.name} power cut | not tried: strace is not here | | | | |")  # noqa: T201
                else:
                    tallies = [run(fault, seed, ground) for seed in range(1, SEEDS + 1)]
                    print(line(fault, tallies), flush=True)  # noqa: T201
                    for tally in tallies:
                        clean = clean and tally.clean
                        for sentence in [*tally.lost[:5], *tally.doubled[:5], *tally.wrong[:5]]:
                            print(f"    {tally.fault}: {sentence}", file=sys.stderr)  # noqa: T201
            for again in (again for again in AGAIN if only in ("", again.name)):
                said, wrong = again.row(max(1, round(again.full * SIZE)))
                print(said, *wrong, sep="\n", flush=True)  # noqa: T201
                clean = clean and not wrong
        finally:
            ground.nursery.close()
            ground.administration.dispose()
            cluster.stop()
    print(f"\n{'Nothing lost, nothing doubled' if clean else 'NOT CLEAN'}: {time.monotonic() - began:.0f} s")  # noqa: T201
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
