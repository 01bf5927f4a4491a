"""Every frozen row, kept outside the database, so that a figure is drawn at most once whatever is killed or restored.

The file holds one JSON object a line with the columns of `release`, is only ever appended to until lines are old enough
to be forgotten, and is readable by its owner alone. A last line without its newline was seen by nobody: readers skip
it, the next writer removes it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from wellbeing.publishing.lines import Line, read, start_in, written

NAME = "releases.jsonl"


class LedgerUnwritable(Exception):
    """The line could not be made safe, so nothing may be published. Says nothing of the line."""


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
                    if start_in(text) in known.starts:
                        line = read(text)
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
                yield from map(read, _whole(file))
        except FileNotFoundError:
            return
        except OSError:
            raise LedgerUnwritable from None

    def append(self, *lines: Line) -> None:
        """Add lines and wait until the disk has them. Raises LedgerUnwritable, and then the file is as it was."""
        text = b"".join(map(written, lines))
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
                with os.fdopen(file, "wb") as file_of:
                    file_of.writelines(map(written, lines()))
                    file_of.flush()
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
