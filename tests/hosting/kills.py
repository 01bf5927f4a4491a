"""Rotations of the keys, each killed at another step: run as a program, by test_rotating.py.

    python -m tests.hosting.kills <address of a database> <instance folder> <secrets file>

It forks processes that do the real thing and die by SIGKILL at the nth call that Python makes, wherever that is: before
the file, in the middle of writing it, between the file and the boxes, among the boxes, before the commit. After each,
the file is read and every box is opened. Prints how many were killed, and how many rotations came to their end.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import Flask

from tests.databases import built, close, settings
from tests.kills import KILLED, end_of, forked
from wellbeing import keyring
from wellbeing.hosting.operations import rotating

NOW = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
STEP = 1.17  # each process lives so many times longer than the one before: most die early, where the file is written


def rotate(app: Flask) -> None:
    with app.app_context():
        rotating.rotate(NOW)


def all_is_read(app: Flask, secrets: Path) -> int:
    """How many boxes there are; each opens, by the file as it is."""
    keys = keyring.load(secrets)
    with app.app_context():
        opened = [keys.unseal(purpose, uid, box) for _, purpose, uid, box in rotating._boxes()]
    close(app)
    return len(opened)


def main(address: str, instance: str, secrets: str) -> int:
    app = built(settings(Path(instance), database_url=address, secrets_path=Path(secrets)))
    boxes, killed, ended, steps = all_is_read(app, Path(secrets)), 0, 0, 20.0
    first = keyring.load(Path(secrets)).cookie[0]
    while not ended:
        code = end_of(forked(partial(rotate, app), int(steps)))
        if code not in (0, KILLED) or all_is_read(app, Path(secrets)) != boxes:
            return 1
        if first not in keyring.load(Path(secrets)).cookie:
            return 1
        killed, ended, steps = killed + (code != 0), ended + (code == 0), steps * STEP
    sys.stdout.write(f"{boxes} {killed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
