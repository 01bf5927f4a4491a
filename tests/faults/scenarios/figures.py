"""F23 for a group's figures: whenever the power is cut, no figure is drawn a second time.

The line of the ledger is on the disk before the row is, and the row before anybody may see it.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.crowd import FIRST_DUE, FORTNIGHT, Crowd, block
from tests.databases import close
from tests.faults import strace
from tests.faults.freezing import ROWS
from tests.faults.record import recorded
from tests.faults.site import Site, Tally
from wellbeing import worker
from wellbeing.config import ROOT
from wellbeing.publishing.ledger import NAME, Ledger

GROUPS, CONTRIBUTORS = 6, 6
NOW = FIRST_DUE + FORTNIGHT
STATES_A_START = 20
Row = tuple[object, ...]


def f23_figures(site: Site, states: int, careless: str = "") -> Tally:
    """Power cut while figures are drawn. `careless` says less to the disk, to try this fault itself."""
    site.server.kill()
    _peopled(site)
    with recorded(site.folders, lambda record: _frozen(site, record, careless)) as log:
        pass
    shown = [(call.began, {tuple(row) for row in json.loads(call.strings[0])}) for call in log.sent]
    site.expect(len(shown[-1][1]) > GROUPS, f"{shown[-1]} is all that was frozen")
    started = set(site.chance.sample(range(states), -(-states // STATES_A_START)))
    tally = Tally("F23 power cut, figures", 0, len(shown[-1][1]), [], [], "ok", site.wrong)
    for n, moment in enumerate(log.cut([moment for moment, _ in shown], states, site.chance)):
        seen = set().union(*(rows for when, rows in shown if when <= moment))
        try:
            _examined(site, seen, tally, again=n in started)
        except ValueError:
            tally.doubled.append("the ledger has a hole, and cannot be read any more")
        tally.repetitions += 1
    site.expect(log.complete(), "the record has left something out")
    return tally


def _peopled(site: Site) -> None:
    """Groups with a block that is due and has a figure, and one that has none."""
    crowd = Crowd(site.app)
    for name in [f"Saule {n}" for n in range(GROUPS)]:
        crowd.group(name)
        for person in crowd.contributors(CONTRIBUTORS, name):
            crowd.feels_all_block(person, 3, block(0))
    close(site.app)


def _examined(site: Site, seen: set[Row], tally: Tally, *, again: bool) -> None:
    """What was seen is there, and every row has its line; and, when all is frozen `again`, no figure is another one."""
    rows, lines = _rows(site, tally), _lines(site)
    tally.lost.extend(f"{row}, which was seen" for row in seen - rows)
    tally.doubled.extend(f"{row} has no line, and may be drawn again" for row in rows - set(lines))
    if again:
        with site.app.app_context():
            worker.freeze(NOW)
        close(site.app)
        ended, kept = _rows(site, tally), _lines(site)
        tally.doubled.extend(f"{row} is another figure now" for row in [*rows, *lines] if row not in ended)
        site.expect(sorted(kept, key=str) == sorted(ended, key=str), "the ledger and the database differ")
        site.expect(len({row[:3] for row in kept}) == len(kept) > GROUPS, "a cell is not frozen, or twice")


@contextmanager
def _frozen(site: Site, record: Path, careless: str) -> Iterator[None]:
    """The worker's freezing in a program of its own, looked at from its first moment to its last."""
    what = [
        str(site.server.place),
        json.dumps(site.server.settings),
        NOW.isoformat(),
        *([careless] if careless else []),
    ]
    words = [sys.executable, "-m", "tests.faults.freezing", *what]
    program = subprocess.Popen(
        [*strace.command(record), *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield
    program.communicate()


def _rows(site: Site, tally: Tally) -> set[Row]:
    with closing(sqlite3.connect(site.database)) as connection:
        ((said,),) = connection.execute("PRAGMA integrity_check")
        tally.integrity = tally.integrity if said == "ok" else str(said)
        return {tuple(row) for row in connection.execute(ROWS)}


def _lines(site: Site) -> list[Row]:
    lines = Ledger(site.server.place / NAME).lines()
    return [tuple(json.loads(json.dumps(list(vars(line).values()), default=str))) for line in lines]
