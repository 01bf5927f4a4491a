"""Runs the parts, or the one that ONLY names: `make bench ONLY=bytes`. ROUNDS=1 is a quick try."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from platform import python_version
from tempfile import TemporaryDirectory

from bench import growth, home, lighthouse, passes, wire
from bench.installation import Installation

PARTS = {
    "home": home.measure,
    "bytes": wire.measure,
    "growth": growth.measure,
    "passes": passes.measure,
    "lighthouse": lighthouse.measure,
}


def main() -> None:
    only, rounds = os.environ.get("ONLY", ""), int(os.environ.get("ROUNDS") or 7)
    if only and only not in PARTS:
        sys.exit(f"ONLY names one of {', '.join(PARTS)}; “{only}” is none of them.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped
    began = time.monotonic()
    print(f"{os.cpu_count()} cores, Python {python_version()}, load of the last minute {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory(prefix="fil-bench-") as folder:
        installation = Installation(Path(folder))
        for name, measure in PARTS.items():
            if only in ("", name):
                measure(installation, rounds)
    print(f"\n{time.monotonic() - began:.0f} s in all, load of the last minute {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
