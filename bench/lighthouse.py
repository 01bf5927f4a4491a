"""What Lighthouse says of every page, as a telephone sees it: four marks out of a hundred, the median of three runs.

It is fetched with npm for this alone, into a folder of its own (`.ci/scanners`). One audit is left out, and only where
the page is not public: see EXCEPTED.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
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
    """Print each page's marks as they come, then those of all, then what kept a page from a hundred.

    `PAGES=regex` looks at those addresses alone. With `KEPT=folder` the reports stay there and what is in it is not
    asked again, so that a long measuring may be stopped and taken up. Every page has its first run before any has its
    second.
    """
    if subprocess.call(["sh", ".ci/scanners", "lighthouse"], cwd=ROOT):
        sys.exit("Lighthouse could not be installed.")
    pages, left = shown(installation)
    wanted, runs = re.compile(os.environ.get("PAGES", "")), min(RUNS, rounds)
    asked = {name: page for name, page in _named(pages) if wanted.search(page.path)}
    kept = Path(os.environ.get("KEPT") or installation.place / "lighthouse").resolve()
    kept.mkdir(parents=True, exist_ok=True)
    with product(installation) as server:
        for number, (name, page) in itertools.product(range(runs), asked.items()):
            told = kept / f"{name}.{number}.json"
            if not told.exists():
                _ask(installation.place, f"http://localhost:{server.port}{page.path}", page, told)
                _say(page, told)
    _sum_up(asked, kept, runs)
    print("\nNot measured, being files or not to be reached by these three: " + ", ".join(left))


def _named(pages: Sequence[Shown]) -> Iterator[tuple[str, Shown]]:
    """Each with a name for its reports, which it has again the next time: codes and the like are drawn anew."""
    seen: Counter[str] = Counter()
    for page in pages:
        name = re.sub(r"[^a-z]+", "-", f"{page.rule} {page.who}").strip("-")
        seen[name] += 1
        yield f"{name}.{seen[name]}", page


def _ask(place: Path, url: str, page: Shown, told: Path) -> None:
    """One run of it, tried again where Chromium gave up; what a page held before does not count."""
    headers, written = place / "headers.json", place / "lighthouse.json"
    headers.write_text(json.dumps({"Cookie": page.cookie} if page.cookie else {}))
    command = [
        *("node", str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={written}", "--locale=fr"),
        f"--only-categories={','.join(MARKS)}",
        f"--extra-headers={headers}",
        f"--chrome-flags=--headless=new {' '.join([*ARGUMENTS, *AS_ROOT])}",
    ]
    environment = {**os.environ, "LANGUAGE": "fr", "CHROME_PATH": chromium() or ""}
    for _ in range(TRIES):
        if _ended_well(command, environment):
            shutil.copyfile(written, told)
            return


def _ended_well(command: list[str], environment: dict[str, str]) -> bool:
    """Interrupted, and not killed, when it takes too long or when we are stopped: then it takes its Chromium along."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _say(page: Shown, told: Path) -> None:
    report = _read(told)
    said = ["gave up"] if report is None else [str(_mark(report, mark)) for mark in MARKS]
    faults = [] if report is None else [name for _, name, _ in _faults(report)]
    print("    " + "  ".join([page.rule, page.who, *said, *faults]), file=sys.stderr, flush=True)


def _sum_up(asked: dict[str, Shown], kept: Path, runs: int) -> None:
    rows, faults = [], []
    for name, page in asked.items():
        told = [_read(kept / f"{name}.{number}.json") for number in range(runs)]
        reports = [report for report in told if report is not None]
        if not reports:
            faults.append((page.rule, "", "Lighthouse gave up", ""))
            continue
        middle = [median(_mark(report, mark) for report in reports) for mark in MARKS]
        rows.append((page.rule, page.who, *(f"{mark:.0f}" for mark in middle)))
        if min(middle) < 100:
            faults += [(page.rule, *fault) for fault in _faults(reports[0])]
    table(f"Lighthouse, mobile, median of {runs}", ("", "seen by", *MARKS), rows)
    table("What kept them from a hundred", ("", "mark", "audit", "score"), faults or [("nothing", "", "", "")])


def _read(told: Path) -> Report | None:
    """A report, or nothing where Chromium gave up every time."""
    return json.loads(told.read_text()) if told.exists() else None


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
