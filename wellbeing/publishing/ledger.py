"""Every frozen row, kept outside the database, so that a figure is drawn at most once whatever is killed or restored.

The file holds one JSON object a line with the columns of `release`, is only ever appended to until lines are old enough
to be forgotten, and is readable by its owner alone. A last line without its newline was seen by nobody: readers skip
it, the next writer removes it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from wellbeing.domain.crowds import Block

NAME = "releases.jsonl"
_START = b'"start": "'


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


@dataclass
class _Read:
    """What was read of the file so far: how far, of which file, and its lines of the blocks that were asked for."""

    file: int = 0
    until: int = 0
    starts: set[bytes] = field(default_factory=set)
    lines: dict[tuple[int, str, date], Line] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """The file at `path`, made when the first line is written. What was read once is not read again: it only grows."""

    path: Path
    _so_far: _Read = field(default_factory=_Read, repr=False, compare=False)

    def find(self, group_id: int, item: str, start: date) -> Line | None:
        """The line of this cell, if one was ever drawn. Raises LedgerUnwritable when the file cannot be read."""
        asked, known = start.isoformat().encode(), self._so_far
        try:
            with self.path.open("rb") as file:
                if asked not in known.starts or os.fstat(file.fileno()).st_ino != known.file:
                    known.starts.add(asked)
                    known.file, known.until = os.fstat(file.fileno()).st_ino, 0
                    known.lines.clear()
                file.seek(known.until)
                for text in _whole(file):
                    known.until += len(text)
                    if _start_in(text) in known.starts:
                        line = _read(text)
                        known.lines.setdefault(line.cell, line)
        except FileNotFoundError:
            return None
        except OSError:
            raise LedgerUnwritable from None
        return known.lines.get((group_id, item, start))

    def lines(self) -> list[Line]:
        """Every line, oldest first; none when there is no file. Raises LedgerUnwritable when it cannot be read."""
        return list(self._lines())

    def first(self) -> Line | None:
        """The oldest line. Raises LedgerUnwritable when the file cannot be read."""
        return next(self._lines(), None)

    def _lines(self) -> Iterator[Line]:
        try:
            with self.path.open("rb") as file:
                yield from map(_read, _whole(file))
        except FileNotFoundError:
            return
        except OSError:
            raise LedgerUnwritable from None

    def append(self, *lines: Line) -> None:
        """Add lines and wait until the disk has them. Raises LedgerUnwritable, and then the file is as it was."""
        text = b"".join(map(_written, lines))
        if not text:
            return
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
        self._replaced(lambda: (line for line in self._lines() if line.block.forgotten(months) > today))

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


def _whole(file: IO[bytes]) -> Iterator[bytes]:
    """Lines from where the file stands, but for a torn one at its end."""
    return (text for text in file if text.endswith(b"\n"))


def _start_in(text: bytes) -> bytes:
    """The first day of a line's block: most lines are passed over, and parsing them all would take long."""
    at = text.find(_START) + len(_START)
    return text[at : at + 10]


def _read(line: bytes) -> Line:
    kept = json.loads(line)
    return Line(**{**kept, "start": date.fromisoformat(kept["start"])})


def _written(line: Line) -> bytes:
    return json.dumps({**asdict(line), "start": line.start.isoformat()}).encode() + b"\n"


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
