"""Two workers at a time, each killed at a random step of its freezing, until fifty have been, or so many: as a program.

    python -m tests.publishing.kills <address of a database> <instance folder> <instant> <seed> [kills]

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes once a block is at hand,
wherever that is: between a draw and its line, a line and its row, a row and its commit. Prints how many were killed.
"""

from __future__ import annotations

import random
import sys
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


def main(address: str, instance: str, instant: str, seed: str, kills: str = KILLS) -> int:
    app = create_app(settings(Path(instance), database_url=address))
    now, chance, killed = datetime.fromisoformat(instant), random.Random(seed), 0
    with app.app_context():  # what is learned here once, such as the SQL to send, need not be learned in every fork
        worker.freeze(now - timedelta(days=60))
        db.engine.dispose()
    while killed < int(kills):
        pair = [forked(partial(freeze, app, now), chance.randrange(1, STEPS), "_freeze_block") for _ in range(2)]
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
