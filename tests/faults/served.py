"""The product in processes that are there to be killed: run as a program, it reads orders and forks a server for each.

    WELLBEING_TESTING=1 python -m tests.faults.served

What takes long to read is read once, here, before any database is opened; a server is then there in a fifth of a second
and may be killed by the hundred. It is gunicorn under our own settings. An order is one line of JSON, and so is its
answer: `start` answers once the server listens, `end` kills its whole group and answers once nothing of it is left.
"""

from __future__ import annotations

import ctypes
import json
import os
import runpy
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import event

from tests.databases import built, close, settings
from tests.faults import naive, pauses
from wellbeing.config import ROOT
from wellbeing.db import db
from wellbeing.sync.kinds import KINDS

SUBREAPER = 36  # of prctl(2): the processes of a killed server become ours, to be waited for
NEXT_RELEASE = "entry.jot"  # a kind that this release does not know, and the next one will


class Served(BaseApplication):
    """The application that an order asked for, under gunicorn.conf.py."""

    def __init__(self, app: Flask, order: dict[str, Any], ready: int) -> None:
        self.application, self.order, self.ready = app, order, ready
        super().__init__()

    def load_config(self) -> None:
        ours = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
        for name in set(ours) & set(self.cfg.settings):
            self.cfg.set(name, ours[name])
        self.cfg.set("bind", f"127.0.0.1:{self.order['port']}")
        self.cfg.set("workers", self.order["workers"])
        self.cfg.set("post_fork", lambda _server, _worker: close(self.application))
        self.cfg.set("when_ready", lambda _: tell(self.ready, pid=os.getpid()))

    def load(self) -> Flask:
        return self.application


def application(order: dict[str, Any]) -> Flask:
    """The real application, with the faults that the order asks for."""
    chosen = {name: Path(value) if name in ("secrets_path", "assets_built", "shared") else value
              for name, value in order["settings"].items()}  # fmt: skip
    app = built(settings(Path(order["place"]), **chosen), ways=naive.WAYS[order["ways"]] if order["ways"] else None)
    if order["next_release"]:
        KINDS[NEXT_RELEASE] = KINDS["entry.create"]
    with app.app_context():
        if order["pragmas"]:
            event.listen(db.engine, "connect", lambda connection, _: _say_all(connection, order["pragmas"]))
        if order["pause"]:
            pauses.arm(app, *order["pause"])
    return app


def _say_all(connection: Any, pragmas: dict[str, int]) -> None:
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name}={value}")


def start(order: dict[str, Any], answers: int) -> None:
    """Fork a server, in a group of its own. It says itself when it listens, or why it cannot."""
    if os.fork():
        return
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        said = os.open(Path(order["place"]) / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.environ.update(order["environment"])
        Served(application(order), order, answers).run()
    except BaseException as failure:
        tell(answers, failed=repr(failure))
        raise
    finally:
        os._exit(0)


def end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-pid, 0)


def tell(answers: int, **said: Any) -> None:
    os.write(answers, json.dumps(said).encode() + b"\n")


def main() -> None:
    if os.environ.get("WELLBEING_TESTING") != "1":
        sys.exit("only a test may be served like this: WELLBEING_TESTING=1")
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    answers = os.dup(1)
    with tempfile.TemporaryDirectory() as folder:
        app = built(settings(Path(folder), assets_built=Path(sys.argv[1])))
        app.test_client().get("/help").close()
        close(app)
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            start(order, answers)
        else:
            end(order["pid"])
            tell(answers, ended=order["pid"])


if __name__ == "__main__":
    main()
