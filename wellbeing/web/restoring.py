"""While a backup is put back, nobody is answered and the worker waits: what was written meanwhile would be lost.

A lock on a file that all machines share says so. It goes with the process that holds it, so a restore that is killed
leaves the installation open again, on the database it had. An SQLite that was moved to PostgreSQL stays closed: whoever
goes on with the old address would take in what nobody finds again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, abort

from wellbeing.config import Config

NAME = "restoring.lock"
MOVED = "moved-to-postgresql"  # beside it, since then


def init_app(app: Flask) -> None:
    config: Config = app.config["LE_FIL"]

    @app.before_request
    def wait() -> None:
        if closed(config):
            abort(503)


def closed(config: Config) -> bool:
    """Whether nothing may be read or written now."""
    return under_way(config.promises) or left_behind(config)


def left_behind(config: Config) -> bool:
    """Whether DATABASE_URL still names an SQLite whose content has moved away."""
    return config.database_url.startswith("sqlite") and (config.promises / MOVED).exists()


def leave(place: Path) -> None:
    """From now on the SQLite of this place is the past."""
    (place / MOVED).touch(mode=0o600)


def under_way(place: Path) -> bool:
    try:
        file = os.open(place / NAME, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Close the installation meanwhile. Raises BlockingIOError when somebody else has closed it."""
    place.mkdir(parents=True, exist_ok=True)
    file = os.open(place / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield
        finally:
            (place / NAME).unlink(missing_ok=True)
    finally:
        os.close(file)
