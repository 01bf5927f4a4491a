"""What a worker or an import does, killed at random steps: F20 and F24, through the programs of their tests."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.crowd import FIRST_DUE, Crowd, block
from tests.databases import close
from tests.faults.freezing import ROWS
from tests.faults.oracle import integrity
from tests.faults.site import Site, Tally
from tests.portability.kills import bring
from wellbeing import worker
from wellbeing.config import ROOT
from wellbeing.publishing.ledger import NAME, Ledger

GROUPS, CONTRIBUTORS = 16, 6
NOW = FIRST_DUE + timedelta(days=70)
HEADER = "id,felt_at,zone,mood,energy,calm,emotions,imported\r\n"
MOODS = 5000


def f20(site: Site, kills: int) -> Tally:
    """Freezing killed, of two workers at once; then a worker that lives."""
    site.server.kill()
    return frozen_by_two(site, kills, "F20 freeze killed")


def frozen_by_two(site: Site, kills: int, fault: str, *other: Path) -> Tally:
    """`other`: the folder of the second worker, on another machine. What both share is where the first one is."""
    crowd = Crowd(site.app)
    for name in [f"Saule {n}" for n in range(GROUPS)]:
        crowd.group(name)
    for person in crowd.contributors(CONTRIBUTORS, "Saule 0"):
        crowd.feels_all_block(person, 3, block(5))
    close(site.app)
    place = site.app.config["LE_FIL"].promises
    what = [_address(site), str(place), NOW.isoformat(), _seed(site), str(kills), *map(str, other)]
    said = _killed(site, "tests.publishing.kills", *what)
    killed = int(said[-1])
    site.expect(killed >= kills, f"{killed} of {kills} were killed before all was frozen")
    before, lines = _frozen(site), _lines(site)
    with site.app.app_context():
        worker.freeze(NOW)
    close(site.app)
    rows, kept = _frozen(site), _lines(site)
    lost = [f"{row} is gone, or another one" for row in [*before, *lines] if row not in rows]
    lost += [f"{row} has no line" for row in rows if row not in kept]
    doubled = [f"{len(kept)} lines and {len(rows)} rows"] * (len({_cell(row) for row in kept}) != len(rows))
    doubled += [f"{len(kept) - len(rows)} lines too many"] * (len(kept) != len(rows))
    site.expect(len(rows) >= GROUPS * 6, f"{len(rows)} cells were frozen")
    whole = integrity(site.app)
    close(site.app)
    return Tally(fault, killed, len(rows), lost, doubled, whole, site.wrong)


def f24(site: Site, kills: int) -> Tally:
    """An import of five thousand moods killed in the middle, again and again; then one that lives, and once more."""
    site.server.kill()
    person, killed, files = site.cast.people["Ana"].person.id, 0, 0
    lost: list[str] = []
    doubled: list[str] = []
    while killed < kills:
        before, file = _count(site), site.server.place / "journal.csv"
        moments = [(site.now - timedelta(hours=9 * n, minutes=files)).isoformat() for n in range(MOODS)]
        lines = (f",{moment},Europe/Paris,{1 + n % 5},,,joy,0\r\n" for n, moment in enumerate(moments))
        file.write_text(HEADER + "".join(lines), encoding="utf-8", newline="")
        where = [_address(site), str(site.server.place), site.server.settings["secrets_path"], str(person)]
        said = _killed(site, "tests.portability.kills", *where, str(file), site.now.isoformat(), _seed(site))
        for end, count in (map(int, line.split()) for line in said if not line.startswith("{")):
            killed += end < 0
            lost += [f"{count - before} of {MOODS} were there"] * (count - before not in (0, MOODS))
        for _ in range(2):
            bring(site.app, person, file.read_bytes(), site.now)
        came = _count(site) - before
        lost += [f"{came} of {MOODS} were there in the end"] * (came < MOODS)
        doubled += [f"{came - MOODS} came twice"] * (came > MOODS)
        files += 1
    whole = integrity(site.app)
    close(site.app)
    return Tally("F24 import killed", killed, files * MOODS, lost, doubled, whole, site.wrong)


def _killed(site: Site, program: str, *words: str) -> list[str]:
    """What the program said of its kills."""
    done = subprocess.run(
        [sys.executable, "-m", program, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    site.expect((done.returncode, done.stderr) == (0, ""), f"{program}: {done.stderr[-500:]}")
    return done.stdout.splitlines()


def _address(site: Site) -> str:
    return str(site.server.settings["database_url"])


def _seed(site: Site) -> str:
    return str(site.chance.randrange(1000))


def _count(site: Site) -> int:
    ((count,),) = site.asked("SELECT count(*) FROM entry")
    return int(count)


def _frozen(site: Site) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(json.dumps(site.asked(ROWS), default=str))
    return found


def _lines(site: Site) -> list[list[Any]]:
    lines = Ledger(site.app.config["LE_FIL"].promises / NAME).lines()
    found: list[list[Any]] = json.loads(json.dumps([list(vars(line).values()) for line in lines], default=str))
    return found


def _cell(row: list[Any]) -> tuple[Any, ...]:
    return tuple(row[:3])
