"""`flask backup`: a copy of everything as it is at one instant, while people are served."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from flask import current_app

from wellbeing import withdrawals
from wellbeing.checking import LAST_BACKUP
from wellbeing.config import Config
from wellbeing.db import db
from wellbeing.hosting import archive
from wellbeing.hosting.archive import Keys, Manifest
from wellbeing.hosting.operations import postgresql, sqlite
from wellbeing.hosting.refusals import HostRefused
from wellbeing.publishing import ledger

LEDGERS = (withdrawals.NAME, ledger.NAME)


def keys_beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.keys")


def backup(file: Path, now: datetime) -> Manifest:
    """Write `file` and `file.keys`. Each is whole or not there. Raises HostRefused."""
    config: Config = current_app.config["LE_FIL"]
    revision = _revision()
    try:
        made = file.with_name(f".{file.name}.making")  # never in a folder of everybody's: it holds moods
        shutil.rmtree(made, ignore_errors=True)  # of one that was killed
        made.mkdir(mode=0o700)
        manifest, boxes = _copied(config, made, revision, now)
        archive.write_keys(keys_beside(file), Keys(now, boxes))
        archive.write(file, manifest, made)
        shutil.rmtree(made)
    except OSError as failure:
        raise HostRefused(f"The backup cannot be written to {file}: {failure.strerror}.") from None
    (config.promises / LAST_BACKUP).write_text(now.date().isoformat(), encoding="ascii")
    return manifest


def _copied(config: Config, folder: Path, revision: str, now: datetime) -> tuple[Manifest, dict[str, bytes]]:
    def ledgers() -> None:
        for name in LEDGERS:
            kept = config.promises / name
            (folder / name).write_bytes(kept.read_bytes() if kept.exists() else b"")

    engine = db.engine.dialect.name
    columns: dict[str, list[str]] = {}
    if engine == "sqlite":
        members, boxes = sqlite.copy(config.database_url, folder, ledgers)
        rows = sqlite.rows_in(folder)
    else:
        columns, rows, boxes = postgresql.copy(db.engine, folder, ledgers)
        members = postgresql.members(columns)
    hashes = {name: archive.hash_of(folder / name) for name in (*LEDGERS, *members)}
    return Manifest(now.isoformat(), engine, revision, rows, hashes, columns), boxes


def _revision() -> str:
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        raise HostRefused("The database is empty: there is nothing to keep.")
    return current
