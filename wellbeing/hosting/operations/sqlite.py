"""A consistent copy of a SQLite database that is being written to, and one put in its place in a single transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, make_url, select, table

from wellbeing.hosting.refusals import HostRefused

MEMBER = "database.sqlite3"
PATIENCE = 30.0  # seconds to wait for a writer


def file_of(url: str) -> Path:
    return Path(str(make_url(url).database))


def copy(url: str, folder: Path, meanwhile: Callable[[], None]) -> tuple[list[str], dict[str, bytes]]:
    """Copy into the folder all but the data keys; returns the members made, and the boxes of the keys.

    `meanwhile` runs while nobody writes, at the very instant of the copy: the ledgers are copied then, so that what
    they say is exactly what the copy has done. Nobody waits longer than that.
    """
    made = folder / MEMBER
    with closing(_opened(file_of(url))) as writer, closing(_opened(file_of(url))) as reader:
        writer.execute("BEGIN IMMEDIATE")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees this instant
        meanwhile()
        writer.execute("ROLLBACK")
        with closing(_opened(made)) as copied:
            reader.backup(copied)
    with closing(_opened(made)) as copied:
        copied.execute("PRAGMA journal_mode=DELETE")
        copied.execute("PRAGMA secure_delete=ON")
        boxes = dict(copied.execute("SELECT uid, box FROM person_key JOIN person ON person.id = person_key.person_id"))
        copied.execute("DELETE FROM person_key")
        copied.execute("VACUUM")  # not a byte of them is left in a freed page
    return [MEMBER], boxes


def rows_in(folder: Path) -> dict[str, int]:
    with closing(_opened(folder / MEMBER)) as copied:
        tables = copied.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [name for (name,) in tables.fetchall()]
        counting = {name: str(select(func.count()).select_from(table(name))) for name in names}
        return {name: copied.execute(counted).fetchone()[0] for name, counted in counting.items()}


def check(file: Path) -> None:
    """Raises HostRefused unless the file is whole."""
    with closing(_opened(file)) as found:
        try:
            whole = found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not found.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError:
            whole = False
    if not whole:
        raise HostRefused("The database in this backup is not whole: nothing was changed.")


def put_in_place(fresh: Path, url: str) -> None:
    """Make the live database hold what the fresh one holds, in one transaction of SQLite's own.

    Not by renaming the file: a server that runs has it open, with its log beside it under the same name, and would go
    on writing to the one that is gone. A live file that cannot be read at all is set aside first.
    """
    live = file_of(url)
    _set_aside_unless_readable(live)
    with closing(_opened(fresh)) as source, closing(_opened(live)) as target:
        source.backup(target)
    with closing(_opened(live)) as kept:
        kept.execute("PRAGMA journal_mode=WAL")
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    live.chmod(0o600)


def _set_aside_unless_readable(live: Path) -> None:
    if not live.exists():
        return
    try:
        with closing(_opened(live)) as found:
            found.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        for beside in ("", "-wal", "-shm"):
            file = live.with_name(live.name + beside)
            if file.exists():
                file.replace(file.with_name(f"{file.name}.unreadable"))


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
