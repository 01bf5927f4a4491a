"""Every frozen row, kept outside the database, so that a figure is drawn at most once whatever is killed or restored.

The file holds one JSON object a line with the columns of `release`, is only ever appended to, and is readable by its
owner alone. A last line without its newline was seen by nobody: readers skip it, the next writer removes it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

NAME = "releases.jsonl"


class LedgerUnwritable(Exception):
    """The line could not be made safe, so nothing may be published. Says nothing of the line."""


@dataclass(frozen=True)
class Line:
    """One row of `release`: `level` in tenths of a point, `band` the lower edge, both absent unless published."""

    group_id: int
    item: str
    start: date
    days: int
    state: str
    level: int | None
    band: int | None
    mechanism: str


@dataclass(frozen=True)
class Ledger:
    """The file at `path`, made when the first line is written."""

    path: Path

    def find(self, group_id: int, item: str, start: date) -> Line | None:
        """The line of this cell, if one was ever drawn. Raises LedgerUnwritable when the file cannot be read."""
        try:
            kept = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise LedgerUnwritable from None
        of_that_day = f'"start": "{start.isoformat()}"'.encode()
        whole = kept[: kept.rfind(b"\n") + 1].splitlines()
        lines = (_read(line) for line in whole if of_that_day in line)
        return next((line for line in lines if (line.group_id, line.item) == (group_id, item)), None)

    def append(self, line: Line) -> None:
        """Add one line and wait until the disk has it. Raises LedgerUnwritable, and then the file is as it was."""
        text = json.dumps({**asdict(line), "start": line.start.isoformat()}).encode() + b"\n"
        try:
            with self._held() as file:
                safe = _without_torn_line(file)
                if os.write(file, text) != len(text):
                    os.ftruncate(file, safe)
                    raise LedgerUnwritable
                os.fsync(file)
        except OSError:
            raise LedgerUnwritable from None

    @contextmanager
    def _held(self) -> Iterator[int]:
        made = not self.path.exists()
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if made:
                _keep_name(self.path.parent)
            yield file
        finally:
            os.close(file)


def _read(line: bytes) -> Line:
    kept = json.loads(line)
    return Line(**{**kept, "start": date.fromisoformat(kept["start"])})


def _without_torn_line(file: int) -> int:
    """Cut off a line whose writer was killed; returns the length that is whole."""
    length = os.fstat(file).st_size
    end = length
    while end > 0:
        begin = max(0, end - 4096)
        found = os.pread(file, end - begin, begin).rfind(b"\n")
        if found >= 0:
            end = begin + found + 1
            break
        end = begin
    if end < length:
        os.ftruncate(file, end)
    return end


def _keep_name(folder: Path) -> None:
    """Make the new file's name survive a power cut, not only its content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
