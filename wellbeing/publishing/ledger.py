"""Every frozen row, kept outside the database, so that a figure is drawn at most once whatever is killed or restored.

The file holds one JSON object a line with the columns of `release`, is only ever appended to until lines are old enough
to be forgotten, and is readable by its owner alone. A last line that cannot be read, or lacks its newline, never
reached the disk whole, so that its figure was seen by nobody: readers skip it, the next writer removes it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from wellbeing.domain.crowds import Block

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

    @property
    def cell(self) -> tuple[int, str, date]:
        """What is drawn at most once: a group, an item, a block by its first day."""
        return self.group_id, self.item, self.start

    @property
    def block(self) -> Block:
        return Block(self.start, self.days)


@dataclass(frozen=True)
class Ledger:
    """The file at `path`, made when the first line is written."""

    path: Path

    def find(self, group_id: int, item: str, start: date) -> Line | None:
        """The line of this cell, if one was ever drawn. Raises LedgerUnwritable when the file cannot be read."""
        of_that_day = f'"start": "{start.isoformat()}"'.encode()
        lines = (_read(line) for line in self._whole() if of_that_day in line)
        return next((line for line in lines if line.cell == (group_id, item, start)), None)

    def lines(self) -> list[Line]:
        """Every line, oldest first; none when there is no file. Raises LedgerUnwritable when it cannot be read."""
        return [_read(line) for line in self._whole()]

    def _whole(self) -> list[bytes]:
        try:
            kept = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError:
            raise LedgerUnwritable from None
        return _read_whole(kept)

    def append(self, line: Line) -> None:
        """Add one line and wait until the disk has it. Raises LedgerUnwritable, and then the file is as it was."""
        text = _written(line)
        try:
            with self._held() as file:
                safe = _without_torn_line(file)
                if os.write(file, text) != len(text):
                    os.ftruncate(file, safe)
                    raise LedgerUnwritable
                os.fsync(file)
        except OSError:
            raise LedgerUnwritable from None

    def put(self, lines: Iterable[Line]) -> None:
        """Let the file hold these lines, in one step. Raises LedgerUnwritable, and then it is as it was."""
        self._replaced(lambda: lines)

    def forget(self, today: date, months: int) -> None:
        """Let go of lines whose block is forgotten by then. Raises LedgerUnwritable, and then the file is as it was."""
        self._replaced(lambda: [line for line in self.lines() if line.block.forgotten(months) > today])

    def _replaced(self, lines: Callable[[], Iterable[Line]]) -> None:
        fresh = self.path.with_suffix(".new")
        try:
            with self._held():
                fresh.unlink(missing_ok=True)
                file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(file, "wb") as written:
                    written.writelines(map(_written, lines()))
                    written.flush()
                    os.fsync(file)
                fresh.replace(self.path)
                _keep_name(self.path.parent)
        except OSError:
            raise LedgerUnwritable from None

    @contextmanager
    def _held(self) -> Iterator[int]:
        file = self._locked()
        try:
            yield file
        finally:
            os.close(file)

    def _locked(self) -> int:
        """The file under its lock: the one that bears the name, and not one that was replaced while we waited."""
        made = not self.path.exists()
        while True:
            file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                if os.fstat(file).st_ino == self.path.stat().st_ino:
                    if made:
                        _keep_name(self.path.parent)
                    return file
            except FileNotFoundError:
                pass
            except BaseException:
                os.close(file)
                raise
            os.close(file)


def _read(line: bytes) -> Line:
    kept = json.loads(line)
    return Line(**{**kept, "start": date.fromisoformat(kept["start"])})


def _written(line: Line) -> bytes:
    return json.dumps({**asdict(line), "start": line.start.isoformat()}).encode() + b"\n"


def _without_torn_line(file: int) -> int:
    """Cut off a line whose writer was killed, or lost the power; returns the length that is whole."""
    length = os.fstat(file).st_size
    begin, kept = length, b""
    while begin > 0 and not _read_whole(kept):
        begin = max(0, begin - 4096)
        kept = os.pread(file, length - begin, begin)
    end = begin + sum(len(line) + 1 for line in _read_whole(kept))
    if end < length:
        os.ftruncate(file, end)
    return end


def _read_whole(kept: bytes) -> list[bytes]:
    """The lines of a text but for what is torn at its end: a power cut may leave holes in a line, and its newline."""
    lines = kept.split(b"\n")[:-1]
    while lines and not _is_json(lines[-1]):
        lines.pop()
    return lines


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _keep_name(folder: Path) -> None:
    """Make the new file's name survive a power cut, not only its content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
