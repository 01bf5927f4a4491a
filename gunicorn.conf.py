"""How gunicorn serves the pages. HOST and PORT say where; everything here may be overridden on its command line.

Two processes of four threads: more threads than database connections would only wait on one another. There is no access
log, because who opened which page, and when, is nobody's to keep.
"""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

from gunicorn.glogging import Logger

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True  # read once, then forked: it starts sooner and the processes share what they do not change
graceful_timeout = 5  # Ctrl-C answers what is being asked, then stops
keepalive = 5

accesslog = None
loglevel = "warning"


class Discreet(Logger):
    """Says what a host must know, and not who sent a request that could not be read, nor what it asked for."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        if not msg.startswith("Invalid request from"):
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:
        if not msg.startswith("Error handling request"):
            super().exception(msg, *args, **kwargs)


logger_class = Discreet
proc_name = "wellbeing"
control_socket_disable = True  # nobody steers it while it runs, and it would write outside this folder
M_ARENA_MAX = -8  # of malloc.h
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat, in memory on purpose


def post_fork(server: object, worker: object) -> None:  # noqa: ARG001 - the shape gunicorn asks for
    """A connection opened before the fork must not be shared by two processes: each opens its own.

    Nor shall each thread take its memory from a store of its own, which would give little of it back: Python lets one
    thread work at a time, so that one store is enough.
    """
    from app import app
    from wellbeing.db import db

    with app.app_context():
        db.engine.dispose(close=False)
    with suppress(AttributeError):  # glibc alone has this setting
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
