"""`make soak`: Mozilla’s scanner reads the product as any site. Ends with 1 unless the grade is A+ and all pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.scans.product import BUILT, running
from wellbeing.config import ROOT


def main() -> int:
    if subprocess.call(["sh", ".ci/scanners", "observatory"], cwd=ROOT):
        return 1
    scanner = BUILT / "observatory" / "node_modules" / "@mdn" / "mdn-http-observatory" / "src" / "scan.js"
    with running(demo=False) as (front, _):
        environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(front.authority)}
        told = subprocess.check_output(["node", str(scanner), f"localhost:{front.port}"], env=environment, text=True)
    read = json.loads(told)
    found = read["scan"]
    failed = [f"{name}: {test['result']}" for name, test in read["tests"].items() if not test["pass"]]
    print(f"Observatory: {found['grade']}, {found['score']} points, {found['testsPassed']} of {found['testsQuantity']}")  # noqa: T201
    for line in failed:
        print(f"    {line}", file=sys.stderr)  # noqa: T201
    return 0 if found["grade"] == "A+" and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
