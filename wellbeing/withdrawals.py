"""What people took back, kept outside the database so that a restored backup does not give it back.

`withdrawals.jsonl`, in the folder that all machines share: one JSON object a line, appended and on the disk before the
deletion is committed, and readable by its owner alone. Random uids only: no pseudonym, no group, no reason, no content.
`flask restore` does again what the lines say; `hosting/operations/replaying.py` has one function for each kind that is
written.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from wellbeing.db import db
from wellbeing.models.person import Person

NAME = "withdrawals.jsonl"
WITHDRAWING = 4_702_128  # the advisory lock by which a backup waits for those who have written and not yet committed


@dataclass(frozen=True)
class Line:
    """What was taken back: its kind, whose, which, when; `more` is what redoing it takes besides."""

    kind: str
    person: str
    uid: str
    at: datetime
    more: dict[str, str] = field(default_factory=dict, hash=False)


def withdrawn(kind: str, person: Person | str, uid: str, at: datetime, **more: str) -> None:
    """Add a line: a kind, whose (or their uid), which, and when it was taken back. Raises OSError if it cannot be safe.

    Inside the transaction that does it. `more` are random or hashed values that redoing it needs, and nothing typed.
    """
    withdrawn_together([Line(kind, person if isinstance(person, str) else person.uid, uid, at, more)])


def withdrawn_together(lines: Iterable[Line]) -> None:
    """The same for several lines, which are on the disk together."""
    if db.engine.dialect.name == "postgresql":  # SQLite has one writer at a time, and needs no other lock
        db.session.execute(select(func.pg_advisory_xact_lock_shared(WITHDRAWING)))
    append(current_app.config["LE_FIL"].promises / NAME, lines)


def append(path: Path, lines: Iterable[Line]) -> None:
    """Add lines to a ledger and wait until the disk has them. Raises OSError if it cannot be safe."""
    text = b"".join(map(_written, lines))
    if not text:
        return
    made = not path.exists()
    with _locked(path) as file:
        length = os.fstat(file).st_size
        if length and os.pread(file, 1, length - 1) != b"\n":
            text = b"\n" + text  # its writer was killed: that line stays torn, and readers skip it
        if os.write(file, text) != len(text):
            raise OSError("a line was not written whole")
        os.fsync(file)
    if made:
        _keep_name(path.parent)


def read(path: Path) -> list[Line]:
    """Every whole line, oldest first; none where there is no file. A torn line was seen by nobody and is skipped."""
    try:
        return lines_of(path.read_bytes())
    except FileNotFoundError:
        return []


def lines_of(text: bytes) -> list[Line]:
    found = (_read(line) for line in text.splitlines())
    return [line for line in found if line is not None]


def forget(path: Path, before: datetime) -> None:
    """Let go of lines written before this instant. Raises OSError, and then the file is as it was.

    A line says when a device took something back, by its own clock, which may run years behind; but it was written no
    earlier than any line above it. So it goes only when all those above it are old as well.
    """
    if not any(line.at < before for line in read(path)[:1]):
        return
    with _locked(path):
        lines = read(path)
        young = next((i for i, line in enumerate(lines) if line.at >= before), len(lines))
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(map(_written, lines[young:]))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _keep_name(path.parent)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file under its lock: the one that bears the name, and not one that was replaced while we waited."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and os.fstat(file).st_ino == path.stat().st_ino:
                yield file
                return
        finally:
            os.close(file)


def _written(line: Line) -> bytes:
    said = {"at": line.at.isoformat(), "kind": line.kind, "person": line.person, "uid": line.uid}
    return json.dumps({**said, **line.more}).encode() + b"\n"


def _read(text: bytes) -> Line | None:
    try:
        said = json.loads(text)
        at = datetime.fromisoformat(said.pop("at"))
        return Line(said.pop("kind"), said.pop("person"), said.pop("uid"), at, said)
    except (ValueError, KeyError, AttributeError):
        return None


def _keep_name(folder: Path) -> None:
    """Make the new file's name survive a power cut, not only its content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
