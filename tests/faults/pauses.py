"""Where a server stops and waits, so that a test may kill it just there, or let it go on: a seam for tests alone."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any

from flask import Flask
from sqlalchemy import event

from wellbeing.db import db

PLACES = ("statement", "before_commit", "after_commit", "answer")
PATIENCE = 30


def arm(app: Flask, where: str, nth: int, port: int) -> None:
    """At the nth time this process comes to the place, knock at the port and wait. Needs an application context.

    Raises RuntimeError unless the application is being tested.
    """
    if not app.config["LE_FIL"].testing:
        raise RuntimeError("only a test may make a server wait")
    pause = _once(nth, port)
    if where == "statement":
        event.listen(db.engine, "before_cursor_execute", lambda *_: pause())
    elif where == "before_commit":
        event.listen(db.engine, "commit", lambda *_: pause())
    elif where == "after_commit":
        event.listen(db.session, "after_commit", lambda *_: pause())
    else:
        _after_the_answer(app, pause)


def _after_the_answer(app: Flask, pause: Callable[[], None]) -> None:
    """The answer is made, and nothing of it has left."""
    answering = app.wsgi_app

    def made(environ: dict[str, Any], start_response: Any) -> Any:
        answer = answering(environ, start_response)
        if environ["REQUEST_METHOD"] == "POST":
            pause()
        return answer

    app.wsgi_app = made  # type: ignore[method-assign]


def _once(nth: int, port: int) -> Callable[[], None]:
    left, lock = nth, Lock()

    def pause() -> None:
        nonlocal left
        with lock:
            left -= 1
            here = left == 0
        if here:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE) as knocking:
                knocking.recv(1)

    return pause


class Gate:
    """The test's side: `reached()` returns once a server waits, `open()` lets it go on."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(PATIENCE)
        self.port: int = self._listening.getsockname()[1]
        self._waiting: socket.socket | None = None

    def reached(self) -> None:
        self._waiting, _ = self._listening.accept()
        self._listening.close()

    def open(self) -> None:
        self._listening.close()
        if self._waiting:
            self._waiting.close()
