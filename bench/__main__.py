"""Runs the parts, or the one that ONLY names: `make bench ONLY=bytes`. ROUNDS=1 is a quick try.

Together they take less than ten minutes on a machine that does nothing else: each has the seconds that it may take, and
as many rounds as fit in them. Lighthouse, which looks at every page in its own time, runs only when it is named.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from platform import python_version
from tempfile import TemporaryDirectory

from bench import (
    carrying,
    engines,
    groups,
    growth,
    home,
    icon,
    lighthouse,
    memory,
    others,
    paint,
    passes,
    reminders,
    starting,
    sync,
    wire,
)
from bench.installation import Installation


@dataclass(frozen=True)
class Part:
    """`budget` is in seconds; 0 for a part that is too slow to run unless it is named."""

    measure: Callable[[Installation, int], None]
    rounds: int = 5
    budget: int = 0


PARTS = {
    "home": Part(home.measure, 5, 50),
    "sync": Part(sync.measure, 5, 30),
    "engines": Part(engines.measure, 5, 40),
    "bytes": Part(wire.measure, 1, 28),
    "paint": Part(paint.measure, 3, 100),
    "icon": Part(icon.measure, 5, 15),
    "export": Part(carrying.measure, 5, 8),
    "growth": Part(growth.measure, 3, 30),
    "groups": Part(groups.measure, 5, 24),
    "start": Part(starting.measure, 5, 40),
    "others": Part(others.measure, 3, 36),
    "reminders": Part(reminders.measure, 2, 45),
    "memory": Part(memory.measure, 2, 80),
    "passes": Part(passes.measure, 5, 70),
    "lighthouse": Part(lighthouse.measure),
}


def main() -> None:
    only, rounds = os.environ.get("ONLY", ""), int(os.environ.get("ROUNDS") or 0)
    if only and only not in PARTS:
        sys.exit(f"ONLY names one of {', '.join(PARTS)}; “{only}” is none of them.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped
    began = time.monotonic()
    print(f"{os.cpu_count()} cores, Python {python_version()}, load of the last minute {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory(prefix="fil-bench-") as folder:
        installation = Installation(Path(folder))
        for name, part in PARTS.items():
            if only == name or (not only and part.budget):
                _measure(name, part, installation, rounds or part.rounds)
    print(f"\n{time.monotonic() - began:.0f} s in all, load of the last minute {os.getloadavg()[0]:.1f}")
    if not only:
        print(f"Measured only when it is named: {', '.join(f'ONLY={n}' for n, p in PARTS.items() if not p.budget)}")


def _measure(name: str, part: Part, installation: Installation, rounds: int) -> None:
    began = time.monotonic()
    part.measure(installation, rounds)
    took = time.monotonic() - began
    of = f" of {part.budget}" if part.budget else ""
    print(f"\n  {name}: {took:.0f} s{of}, load {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
