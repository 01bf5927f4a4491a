"""Several workers at a time, each killed at a random step of its sending, until enough have been: run as a program.

    python -m tests.reminders.kills <address of a database> <instance folder> <instant> <seed> <push service> <secrets>

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes, wherever it is: between
a claim and its commit, a commit and its message, a message and its answer. Prints how many were killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from flask import Flask

from tests.conftest import settings
from wellbeing import create_app, worker
from wellbeing.db import db

KILLS, WORKERS = 5, 4
STEPS = 12000  # about as many calls as a few people take


def remind_until_killed(app: Flask, now: datetime, steps: int) -> None:
    left = steps

    def count(frame: FrameType, *_: object) -> None:
        nonlocal left
        left -= left < steps or frame.f_code.co_name == "_look"
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        sys.setprofile(count)
        worker.remind(now)
        sys.setprofile(None)


def forked(app: Flask, now: datetime, steps: int) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            remind_until_killed(app, now, steps)
            code = 0
        finally:
            os._exit(code)
    return child


def main(address: str, instance: str, instant: str, seed: str, service: str, secrets: str) -> int:
    here = settings(Path(instance), database_url=address, push_hosts=(service,), secrets_path=Path(secrets))
    app = create_app(here)
    now, chance, killed = datetime.fromisoformat(instant), random.Random(seed), 0
    with app.app_context():
        worker.remind(now - timedelta(days=60))  # what is learned here once need not be learned in every fork
        db.engine.dispose()
    while killed < KILLS:
        those = [forked(app, now, chance.randrange(1, STEPS)) for _ in range(WORKERS)]
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in those]
        if not set(ends) <= {0, -signal.SIGKILL}:
            return 1
        killed += ends.count(-signal.SIGKILL)
        if set(ends) == {0}:
            break  # everybody was looked at
    sys.stdout.write(f"{killed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
