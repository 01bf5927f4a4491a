"""The disk of F23: what it must keep when the power is cut, and what it may lose."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.faults import strace
from tests.faults.record import Log, recorded

pytestmark = pytest.mark.skipif(not strace.usable(), reason="strace is not here: the disk's log cannot be taken")

KEPT = "file = os.open(here + '/a', os.O_RDWR | os.O_CREAT); os.write(file, b'x' * 9000); os.fsync(file)\n"
FOLDER = "folder = os.open(here, os.O_RDONLY); os.fsync(folder)\n"
MORE = "os.pwrite(file, b'y' * 5000, 100)\n"
RENAMED = "os.rename(here + '/a', here + '/b')\n"


def asked(place: Path, program: str) -> Log:
    place.mkdir()

    @contextmanager
    def run(record: Path) -> Iterator[None]:
        words = [*strace.command(record), sys.executable, "-c", f"import os\nhere = {str(place)!r}\n{program}"]
        subprocess.run(words, check=True)
        yield

    with recorded([place], run) as log:
        pass
    return log


def left(place: Path, program: str) -> set[tuple[tuple[str, bytes], ...]]:
    """What may be found after a cut at its end."""
    log, chance, found = asked(place, program), Random(1), set()
    assert log.complete()
    for _ in log.cut([log.calls[-1].ended], 0, chance):
        pass
    for share in (0.0, 0.5, 1.0) * 20:
        files = log.disk.after_a_cut(chance, share)
        found.add(tuple(sorted((Path(path).name, content) for path, content in files.items())))
    return found


def test_what_was_synchronised_with_its_name_is_there(tmp_path: Path) -> None:
    assert left(tmp_path / "one", KEPT + FOLDER) == {(("a", b"x" * 9000),)}


def test_a_name_that_was_not_synchronised_may_be_lost(tmp_path: Path) -> None:
    assert left(tmp_path / "one", KEPT) == {(), (("a", b"x" * 9000),)}
    renamed = left(tmp_path / "two", KEPT + FOLDER + RENAMED)
    assert {tuple(name for name, _ in files) for files in renamed} >= {("a",), ("b",)}
    assert all(content == b"x" * 9000 for files in renamed for _, content in files)


def test_of_what_was_not_synchronised_any_sector_may_be_there(tmp_path: Path) -> None:
    contents = {files[0][1] for files in left(tmp_path / "one", KEPT + FOLDER + MORE)}
    assert {b"x" * 9000, b"x" * 100 + b"y" * 5000 + b"x" * 3900} < contents
    assert all(len(content) == 9000 and content[:100] == b"x" * 100 for content in contents)
    assert any(content.count(b"yx") > 1 for content in contents)
