"""A real server in processes of its own: started, killed in the middle of anything, started again at the same port."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from wellbeing.config import ROOT


class Nursery:
    """The program that forks servers: one for all the tests of a worker."""

    def __init__(self, assets: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.served", str(assets)],
            cwd=ROOT,
            env={**os.environ, "WELLBEING_TESTING": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, **what: Any) -> dict[str, Any]:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps(what) + "\n")
        self._program.stdin.flush()
        line = self._program.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"failed": "the program that forks servers has ended"}
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer

    def close(self) -> None:
        self._program.communicate()


class Server:
    """One installation's server. What `start` is given holds for that start alone.

    `ways` names a server of naive.py; `pause` is a place, a number and the port of a gate (pauses.py); `pragmas` are
    said on every connection after the product's own; `next_release` knows one kind of op more.
    """

    def __init__(self, nursery: Nursery, place: Path, port: int, settings: dict[str, Any], clock: Path) -> None:
        self._nursery = nursery
        self.place, self.port = place, port
        self.settings = settings
        self.clock = clock
        self.pid: int | None = None
        self.ways: str | None = None
        self.workers = 2

    def beside(self, place: Path, port: int) -> Server:
        """Another machine of the same installation, with a folder of its own."""
        place.mkdir()
        other = Server(self._nursery, place, port, self.settings, self.clock)
        other.workers = self.workers
        return other

    def start(
        self,
        pause: tuple[str, int, int] | None = None,
        pragmas: dict[str, int] | None = None,
        next_release: bool = False,
        **settings: Any,
    ) -> None:
        order = {"place": str(self.place), "port": self.port, "workers": self.workers, "ways": self.ways}
        order |= {"pause": pause, "pragmas": pragmas or {}, "next_release": next_release}
        order |= {"environment": {"WELLBEING_TESTING": "1", "WELLBEING_NOW": f"@{self.clock}"}}
        try:
            self.pid = self._nursery.order(do="start", settings={**self.settings, **settings}, **order)["pid"]
        except RuntimeError as failure:
            failure.add_note((self.place / "said.txt").read_text()[-2000:])
            raise

    def kill(self) -> None:
        """SIGKILL to every process of it, wherever it is; returns when all are gone."""
        if self.pid:
            self._nursery.order(do="end", pid=self.pid)
            self.pid = None

    def restart(self, **chosen: Any) -> None:
        self.kill()
        self.start(**chosen)


def cold_start(place: Path, port: int, clock: Path, settings: dict[str, Any]) -> subprocess.Popen[str]:
    """The server as a host starts it, from nothing; returns once it says where it is."""
    environment = {
        "PORT": str(port), "WELLBEING_INSTANCE": str(place), "WELLBEING_SECRETS": settings["secrets_path"],
        "DATABASE_URL": settings["database_url"], "WELLBEING_TESTING": "1", "WELLBEING_NOW": f"@{clock}",
    }  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "serve"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    assert program.stdout
    program.stdout.readline()
    return program
