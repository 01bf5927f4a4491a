"""The units of docs/deploy, started as systemd would as far as this machine allows: the very command of the file, its
settings, its folder, its umask; and, where mounts are allowed, a disk on which its own folders alone can be written.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from configparser import RawConfigParser
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from tests.deploy.house import House
from tests.postgresql import memory
from tests.programs import started
from wellbeing.config import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # systemd's own
# ProtectSystem=strict, ReadWritePaths, NoNewPrivileges, and a /tmp: $1 is the house, then what may be written, then --.
WALL = """
set -e
mount --make-rprivate /
mount --bind /tmp /tmp
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
mount -o remount,bind,ro /
shift
while [ "$1" != -- ]; do mount --bind "$1" "$1"; mount -o remount,bind,rw "$1"; shift; done
shift
exec setpriv --no-new-privs "$@"
"""


class Unit:
    """One service, as its file says it, in a house."""

    def __init__(self, name: str, house: House) -> None:
        said = RawConfigParser(delimiters="=", comment_prefixes="#")
        said.optionxform = str  # type: ignore[assignment,method-assign]
        said.read_string(house.mapped((DEPLOY / name).read_text("utf-8")))
        self.house, self.said = house, dict(said["Service"])

    def command(self) -> list[str]:
        written = self.said["ReadWritePaths"].split() if self.said["ProtectSystem"] == "strict" else []
        here = self.said["ExecStart"].split()
        return [*walled(self.house.under, *written), *here] if wall_stands() else here

    def environment(self) -> dict[str, str]:
        lines = Path(self.said["EnvironmentFile"]).read_text("utf-8").splitlines()
        return {"PATH": PATH, **dict(line.split("=", 1) for line in lines)}

    def started(self) -> AbstractContextManager[subprocess.Popen[str]]:
        return started(self.command(), self.said["WorkingDirectory"], self.environment(), int(self.said["UMask"], 8))

    def ask_to_stop(self, program: subprocess.Popen[str]) -> None:
        """As `KillMode=mixed` does: the first process alone hears of it."""
        assert self.said["KillMode"] == "mixed"
        program.send_signal(signal.SIGTERM)

    def ended(self, program: subprocess.Popen[str]) -> tuple[int, str]:
        """Its code, and what it said meanwhile. It has the time that the unit gives it."""
        said, _ = program.communicate(timeout=int(self.said["TimeoutStopSec"]))
        return program.returncode, said


def walled(house: Path, *written: str) -> list[str]:
    alone = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *alone, "--mount", "sh", "-c", WALL, "wall", str(house), *written, "--"]


@cache
def wall_stands() -> bool:
    """Whether this user may give a program mounts of its own."""
    if not all(shutil.which(program) for program in ("unshare", "setpriv", "mount")):
        return False
    with tempfile.TemporaryDirectory(dir=memory()) as place:  # where houses are: not every disk can be closed
        tried = subprocess.run([*walled(Path(place), place), "true"], capture_output=True, check=False)
    return tried.returncode == 0
