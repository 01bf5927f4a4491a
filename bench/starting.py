"""From `make run` on an installed machine to the first page: the first time of all, and any other."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from bench.installation import ROOT, Installation
from bench.servers import PATIENCE, free_port
from bench.tables import spread, table

# Whether what is installed is as old as its list is a question of a checkout's dates, and not of starting.
COMMAND = ("make", "--silent", "--old-file=.venv/for-running", "run")


def measure(installation: Installation, rounds: int) -> None:
    """Print the seconds of both."""
    first, again = [], []
    _started(installation.place / "compiling")  # whoever installed it has started it once
    for number in range(rounds):
        place = installation.place / f"started-{number}"
        first.append(_started(place))
        again.append(_started(place))
    heads = ("", "seconds", "lowest–highest")
    rows = [("with an empty folder", *spread(first)), ("again", *spread(again))]
    table(f"From make run to the first page, {rounds} rounds", heads, rows)


def _started(place: Path) -> float:
    """Seconds until `/` is answered, in a process group that is ended afterwards."""
    port = free_port()
    ours = {"WELLBEING_INSTANCE": str(place), "WELLBEING_SECRETS": "", "DATABASE_URL": "", "PORT": str(port)}
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("WELLBEING_")}
    # Python compiles what it reads and keeps that, as it does wherever it has not been told otherwise; here in a folder
    # that goes away.
    theirs.pop("PYTHONDONTWRITEBYTECODE", None)
    ours["PYTHONPYCACHEPREFIX"] = str(place.parent / "compiled")
    began = time.perf_counter()
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, env={**theirs, **ours}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.perf_counter() - began < PATIENCE:
            if _answers(port):
                return time.perf_counter() - began
            time.sleep(0.01)
        raise RuntimeError("make run gave no page")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _answers(port: int) -> bool:
    try:
        with closing(HTTPConnection("localhost", port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
    except OSError:
        return False
