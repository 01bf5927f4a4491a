"""Two workers at a time, each killed at a random step of its freezing, until fifty have been, or so many: as a program.

    python -m tests.publishing.kills <address of a database> <instance folder> <instant> <seed> [kills] [another folder]

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes once a block is at hand,
wherever that is: between a draw and its line, a line and its row, a row and its commit. Prints how many were killed.
With another folder, the second worker is one of another machine, which has this one for itself and shares the first.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from flask import Flask

from tests.conftest import settings
from tests.kills import KILLED, end_of, forked
from wellbeing import create_app, worker
from wellbeing.db import db

KILLS = "50"
STEPS = 6000  # about as many calls as a few cells take


def freeze(app: Flask, now: datetime) -> None:
    with app.app_context():
        worker.freeze(now)


def main(address: str, instance: str, instant: str, seed: str, kills: str = KILLS, other: str = "") -> int:
    first = settings(Path(instance), database_url=address)
    app = create_app(first)
    apps = [app, create_app(replace(first, instance=Path(other), shared=first.instance)) if other else app]
    now, chance, killed = datetime.fromisoformat(instant), random.Random(seed), 0
    for one in apps:
        with one.app_context():  # what is learned here once, such as the SQL to send, need not be learned in every fork
            worker.freeze(now - timedelta(days=60))
            db.engine.dispose()
    while killed < int(kills):
        pair = [forked(partial(freeze, one, now), chance.randrange(1, STEPS), "_freeze_block") for one in apps]
        ends = [end_of(child) for child in pair]
        if not set(ends) <= {0, KILLED}:
            return 1
        if ends == [0, 0]:
            break  # everything is frozen
        killed += ends.count(KILLED)
    sys.stdout.write(f"{killed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
