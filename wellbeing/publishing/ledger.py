"""Every frozen row, kept outside the database, so that a figure is drawn at most once whatever is killed or restored.

The file holds one JSON object a line with the columns of `release`, is only ever appended to until lines are old enough
to be forgotten, and is readable by its owner alone. What was appended at once and did not reach the disk whole was seen
by nobody: readers skip it, the next writer removes it. A power cut may have left holes in it, lines that end but cannot
be read, and whole ones after them.
"""

from __future__ import annotations

import fcntl
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from wellbeing.domain.trends import ITEMS
from wellbeing.publishing.lines import Line, block_in, is_whole, read, start_in, written

NAME = "releases.jsonl"
AT_ONCE = len(ITEMS)  # lines that are appended together at most: the figures of a group for one block
END = 16 * 1024  # bytes in which as many lines, and the one before them, surely are


class LedgerUnwritable(Exception):
    """The line could not be made safe, so nothing may be published. Says nothing of the line."""


@dataclass
class _Read:
    """What was read of the file for the blocks of one first day: how far, the last line there, and theirs."""

    until: int = 0
    last: bytes = b""
    lines: dict[tuple[int, str, date], Line] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """The file at `path`, made when the first line is written. What was read once is not read again: it only grows."""

    path: Path
    _so_far: dict[bytes, _Read] = field(default_factory=dict, repr=False, compare=False)

    def find(self, group_id: int, item: str, start: date) -> Line | None:
        """The line of this cell, if one was ever drawn. Raises LedgerUnwritable when the file cannot be read."""
        of_that_day = start.isoformat().encode()
        known = self._so_far.setdefault(of_that_day, _Read())
        try:
            with self.path.open("rb") as file:
                if not _stands(file, known):
                    known = self._so_far[of_that_day] = _Read()
                file.seek(known.until)
                for text in _whole(file):
                    known.until, known.last = known.until + len(text), text
                    if start_in(text) == of_that_day:
                        line = read(text)
                        known.lines.setdefault(line.cell, line)
        except FileNotFoundError:
            return None
        except OSError:
            raise LedgerUnwritable from None
        return known.lines.get((group_id, item, start))

    def lines(self) -> list[Line]:
        """Every line, oldest first; none when there is no file. Raises LedgerUnwritable when it cannot be read."""
        return list(map(read, self._texts()))

    def first(self) -> Line | None:
        """The oldest line. Raises LedgerUnwritable when the file cannot be read."""
        return next(map(read, self._texts()), None)

    def _texts(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                yield from _whole(file)
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
                safe = _without_torn_lines(file)
                if os.write(file, text) != len(text):
                    os.ftruncate(file, safe)
                    raise LedgerUnwritable
                os.fsync(file)
        except OSError:
            raise LedgerUnwritable from None

    def put(self, lines: Iterable[Line]) -> None:
        """Let the file hold these lines, in one step. Raises LedgerUnwritable, and then it is as it was."""
        self._replaced(lambda: map(written, lines))

    def forget(self, today: date, months: int) -> None:
        """Let go of lines whose block is forgotten by then. Raises LedgerUnwritable, and then the file is as it was."""
        is_kept = cache(lambda block: block.forgotten(months) > today)  # many lines have the same
        self._replaced(lambda: (text for text in self._texts() if is_kept(block_in(text))))

    def _replaced(self, lines: Callable[[], Iterable[bytes]]) -> None:
        fresh = self.path.with_suffix(".new")
        try:
            with self._held():
                fresh.unlink(missing_ok=True)
                file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(file, "wb") as file_of:
                    file_of.writelines(lines())
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


def _stands(file: io.BufferedReader, known: _Read) -> bool:
    """Whether what was read is still there: another process may have put a shorter file in its place."""
    file.seek(known.until - len(known.last))
    return file.read(len(known.last)) == known.last


def _whole(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines, but for what was torn at the end. Raises LedgerUnwritable if more follow a line that cannot be read than
    are ever written at once: what stood there may have been seen.
    """
    torn = 0
    for text in lines:
        torn += 1 if torn or not is_whole(text) else 0
        if not torn:
            yield text
    if torn > AT_ONCE:
        raise LedgerUnwritable


def _without_torn_lines(file: int) -> int:
    """Cut off what its writer, killed or without power, did not write whole; returns the length that is left."""
    length = os.fstat(file).st_size
    begin = max(0, length - END)
    lines = io.BytesIO(os.pread(file, length - begin, begin)).readlines()
    end = begin + len(lines.pop(0) if begin else b"")  # a line of which the beginning was not read
    end += sum(map(len, _whole(lines)))
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
