"""Several workers at a time, each killed at a random step of its sending, until enough have been: run as a program.

    python -m tests.reminders.kills <address of a database> <instance folder> <instant> <seed> <push service> <secrets>

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes, wherever it is: between
a claim and its commit, a commit and its message, a message and its answer. Prints how many were killed.
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

KILLS, WORKERS = 5, 4
STEPS = 12000  # about as many calls as a few people take


def remind(app: Flask, now: datetime) -> None:
    with app.app_context():
        worker.remind(now)


def main(address: str, instance: str, instant: str, seed: str, service: str, secrets: str) -> int:
    here = settings(Path(instance), database_url=address, push_hosts=(service,), secrets_path=Path(secrets))
    app = create_app(here)
    now, chance, killed = datetime.fromisoformat(instant), random.Random(seed), 0
    with app.app_context():
        worker.remind(now - timedelta(days=60))  # what is learned here once need not be learned in every fork
        db.engine.dispose()
    while killed < KILLS:
        those = [forked(partial(remind, app, now), chance.randrange(1, STEPS), "_look") for _ in range(WORKERS)]
        ends = [end_of(child) for child in those]
        if not set(ends) <= {0, KILLED}:
            return 1
        killed += ends.count(KILLED)
        if set(ends) == {0}:
            break  # everybody was looked at
    sys.stdout.write(f"{killed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
