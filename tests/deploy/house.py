"""A copy of the house where the units expect it, under a folder that stands for the root of a host's machine."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from tests.clock import A_WEDNESDAY_EVENING
from tests.databases import shared
from wellbeing.config import ROOT
from wellbeing.web import assets

HOME, SETTINGS = "/srv/le-fil", "/etc/le-fil.env"
PARTS = ("wellbeing", "templates", "static", "docs/deploy", "app.py", "gunicorn.conf.py")
NAME = "fil.example.org"


class House:
    """`under` stands for `/`. Its settings are what a host writes, and the tests' clock."""

    def __init__(self, under: Path, recipient: str = "") -> None:
        self.under = under
        self.home, self.instance, self.backups = (
            self.at(path) for path in (HOME, f"{HOME}/instance", f"{HOME}/backups")
        )
        self.port = free_port()
        self.settings = {
            "PORT": str(self.port),
            "PUBLIC_URL": f"https://{NAME}",
            "WELLBEING_PROXIES": "1",
            "AGE_RECIPIENT": recipient,
            "WELLBEING_TESTING": "1",
            "WELLBEING_NOW": A_WEDNESDAY_EVENING.isoformat(),
        }

    def at(self, path: str) -> Path:
        return self.under / path.removeprefix("/")

    def mapped(self, said: str) -> str:
        """What a unit says, with the places that it names found under `under`."""
        for path in (HOME, SETTINGS):
            said = said.replace(path, str(self.at(path)))
        return said

    def build(self, shelf: Path, database: Path) -> None:
        """What docs/hosting.md asks of a host: a copy, its environment, the two folders, the settings. And people."""
        for part in PARTS:
            source, target = ROOT / part, self.home / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)
        (self.home / ".venv").symlink_to(ROOT / ".venv")
        for folder in (self.instance, self.backups):
            folder.mkdir(mode=0o700)
        of_all = shared(shelf)
        assets.build(assets.SOURCE, of_all["assets_built"])  # here once, and not at each start
        shutil.copytree(of_all["assets_built"], self.instance / "static")
        shutil.copy(of_all["secrets_path"], self.instance / "secrets.json")
        shutil.copy(database, self.instance / "wellbeing.sqlite3")
        (self.instance / "wellbeing.sqlite3").chmod(0o600)
        file = self.at(SETTINGS)
        file.parent.mkdir()
        file.write_text("".join(f"{name}={value}\n" for name, value in self.settings.items()), "utf-8")
        file.chmod(0o600)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
