"""The two servers that are compared, each a process group of its own, and the CPU time that such a group has taken."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.installation import ROOT, Installation

PATIENCE = 60
STAT = Path("/proc")
A_TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers on a port of this machine; `group` is its process group."""

    port: int
    group: int

    def cpu(self) -> float:
        """Seconds of CPU that its processes have taken so far, on all cores; 0 where there is no /proc."""
        return taken(lambda _, __, group: group == self.group)

    def workers(self) -> list[int]:
        """Its worker processes."""
        return [process for process, parent, _, _ in _processes() if parent == self.group]


def taken(counted: Callable[[int, int, int], bool], ended_of: int = 0) -> float:
    """Seconds of CPU of the processes that are counted, by their number, their parent's and their group's; and of what
    one of them has waited for, which has ended.
    """
    found = [(process, times) for process, *family, times in _processes() if counted(process, *family)]
    return A_TICK * sum(sum(times if process == ended_of else times[:2]) for process, times in found)


def _processes() -> Iterator[tuple[int, int, int, list[int]]]:
    """Number, parent, group and times of every process: its own, then those of who it waited for, in ticks."""
    for stat in STAT.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        yield int(stat.parent.name), int(fields[1]), int(fields[2]), [int(one) for one in fields[11:15]]


@contextmanager
def product(installation: Installation, *also: str) -> Iterator[Server]:
    """The product, as `make run` serves it, but for what else gunicorn is told."""
    environment = {**installation.environment, "PORT": str(free_port())}
    with _gunicorn("app:app", "gunicorn.conf.py", environment, installation.place, also) as server:
        yield server


@contextmanager
def floor(place: Path) -> Iterator[Server]:
    """The bare floor under the same settings, with ten rows to read."""
    database = place / "floor.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS noted (id INTEGER PRIMARY KEY, person TEXT, mood INTEGER, at TEXT)"
        )
        connection.executemany("INSERT INTO noted (person, mood, at) VALUES ('Ana', ?, '2026-11-10')", [(4,)] * 10)
    environment = {"FLOOR_DATABASE": str(database), "PORT": str(free_port())}
    with _gunicorn("bench.floor:app", "python:bench.floor_settings", environment, place) as server:
        yield server


@contextmanager
def _gunicorn(
    application: str, settings: str, environment: dict[str, str], place: Path, also: Sequence[str] = ()
) -> Iterator[Server]:
    command = [sys.executable, "-m", "gunicorn", "-c", settings, *also, application]
    with (place / "errors.txt").open("ab") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=errors,
            process_group=0,
        )
    try:
        _wait_for(int(environment["PORT"]), process, place)
        yield Server(int(environment["PORT"]), process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _wait_for(port: int, process: subprocess.Popen[bytes], place: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                connection.request("GET", "/nothing-here")
                connection.getresponse().read()
                return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"The server did not start:\n{(place / 'errors.txt').read_text()}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
