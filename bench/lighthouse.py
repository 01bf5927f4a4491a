"""What Lighthouse says of every page, as a telephone sees it: four marks out of a hundred, the median of three runs.

It is fetched with npm for this alone, into a folder of its own (`.ci/scanners`). One audit is left out, and only where
the page is not public: see EXCEPTED.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.installation import ROOT, Installation
from bench.pages import Shown, shown
from bench.servers import product
from bench.tables import table
from tests.browser.chromium import ARGUMENTS, chromium

PROGRAM = ROOT / "build" / "scanners" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
Report = dict[str, Any]
MARKS = ("performance", "accessibility", "best-practices", "seo")
RUNS, TRIES, PATIENCE = 3, 3, 180
# Were a page of a person to ask search engines to stay out, its privacy would be worth more than a mark.
EXCEPTED = "is-crawlable"
AS_ROOT = ["--no-sandbox"] if os.geteuid() == 0 else []  # where Chromium refuses its sandbox


def measure(installation: Installation, rounds: int) -> None:
    """Print the marks, then what kept a page from a hundred. `PAGES=regex` looks at those addresses alone."""
    if subprocess.call(["sh", ".ci/scanners", "lighthouse"], cwd=ROOT):
        sys.exit("Lighthouse could not be installed.")
    pages, left = shown(installation)
    wanted = re.compile(os.environ.get("PAGES", ""))
    rows, faults = [], []
    with product(installation) as server:
        for page in (page for page in pages if wanted.search(page.path)):
            url = f"http://localhost:{server.port}{page.path}"
            reports = [_report(installation.place, url, page) for _ in range(min(RUNS, rounds))]
            marks = [[_mark(report, mark) for report in reports] for mark in MARKS]
            rows.append((page.rule, page.who, *(f"{median(each):.0f}" for each in marks)))
            print("    " + "  ".join(rows[-1]), file=sys.stderr)
            if any(median(each) < 100 for each in marks):
                faults += [(page.rule, *fault) for fault in _faults(reports[0])]
    table(f"Lighthouse, mobile, median of {min(RUNS, rounds)}", ("", "seen by", *MARKS), rows)
    table("What kept them from a hundred", ("", "mark", "audit", "score"), faults or [("nothing", "", "", "")])
    print("\nNot measured, being files or not to be reached by these three: " + ", ".join(left))


def _report(place: Path, url: str, page: Shown) -> Report:
    """One run of it, tried again where Chromium gave up; what a page held before does not count."""
    told, headers = place / "lighthouse.json", place / "headers.json"
    headers.write_text(json.dumps({"Cookie": page.cookie} if page.cookie else {}))
    command = [
        *("node", str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={told}", "--locale=fr"),
        f"--only-categories={','.join(MARKS)}",
        f"--extra-headers={headers}",
        f"--chrome-flags=--headless=new {' '.join([*ARGUMENTS, *AS_ROOT])}",
    ]
    environment = {**os.environ, "LANGUAGE": "fr", "CHROME_PATH": chromium() or ""}
    for _ in range(TRIES):
        ended = subprocess.run(command, check=False, env=environment, timeout=PATIENCE, capture_output=True, text=True)
        if not ended.returncode:
            report: Report = json.loads(told.read_text())
            return report
    sys.exit(f"Lighthouse gave up on {page.rule}:\n{ended.stderr[-2000:]}")


def _judged(report: Report, mark: str) -> Iterator[tuple[str, float, float]]:
    """The audits of a mark that were answered: name, score, weight. A private page may ask not to be found."""
    for part in report["categories"][mark]["auditRefs"]:
        score = report["audits"][part["id"]]["score"]
        private = "Cookie" in (report["configSettings"].get("extraHeaders") or {}) and part["id"] == EXCEPTED
        if score is not None and part["weight"] and not private:
            yield part["id"], score, part["weight"]


def _mark(report: Report, mark: str) -> float:
    judged = list(_judged(report, mark))
    return round(100 * sum(score * weight for _, score, weight in judged) / sum(weight for *_, weight in judged))


def _faults(report: Report) -> list[tuple[str, str, str]]:
    """Name, mark and score of each audit that a page does not pass, on its first run."""
    return [(mark, name, f"{score:.2f}") for mark in MARKS for name, score, _ in _judged(report, mark) if score < 1]
