"""The record of what some folders were asked while a program ran, to be cut at any moment: what the power left."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults import strace
from tests.faults.disk import Disk, there
from tests.faults.strace import Call

SHARES = (0, 0.1, 0.5, 0.9, 1)  # of what is not certain, how much arrives
LEFT_OUT = ("-shm", "/now", "/said.txt")  # lost with the power, and what the tests themselves write


@dataclass
class Log:
    """What a disk was asked, and what left by sockets and pipes meanwhile; `after` is what was there at the end."""

    disk: Disk
    calls: list[Call] = field(default_factory=list)
    sent: list[Call] = field(default_factory=list)
    after: dict[str, bytes] = field(default_factory=dict)
    _played: int = 0

    def cut(self, answers: list[int], times: int, chance: Random) -> Iterator[int]:
        """The folders hold what the power left, cut at a moment, and again at the next: once at each of these answers
        with nothing but what is certain, and so many times at any moment, with a part of the rest."""
        cuts = [(moment, 0.0) for moment in sorted(set(answers))]
        cuts += [(chance.choice(self.calls).ended, chance.choice(SHARES)) for _ in range(times)]
        for moment, share in sorted(cuts):
            self._play(moment)
            self._put(self.disk.after_a_cut(chance, share))
            yield moment

    def complete(self) -> bool:
        """Played to its end it says what is really there: nothing that writes was left out."""
        self._play(self.calls[-1].ended)
        return {path: bytes(file.seen) for path, file in self.disk.seen.items()} == self.after

    def _put(self, files: dict[str, bytes]) -> None:
        for path in there(self.disk.folders, lambda path: _belongs(path) or path.endswith("-shm")):
            Path(path).unlink()
        for path, content in files.items():
            Path(path).write_bytes(content)

    def _play(self, moment: int) -> None:
        while self._played < len(self.calls) and self.calls[self._played].ended <= moment:
            self.disk.play(self.calls[self._played])
            self._played += 1


@contextmanager
def recorded(folders: list[Path], watching: Callable[[Path], AbstractContextManager[None]]) -> Iterator[Log]:
    """What is asked of these folders while `watching` the record that it is given; whole once this ends."""
    log = Log(Disk(folders, _belongs))
    with tempfile.TemporaryDirectory() as place:
        record = Path(place) / "strace"
        log.disk.look()
        with watching(record):
            yield log
        log.after = there(folders, _belongs)
        calls = strace.calls(record)
    log.calls = [call for call in calls if not call.leaves and log.disk.concerns(call)]
    log.sent = [call for call in calls if call.leaves]


def _belongs(path: str) -> bool:
    return not path.endswith(LEFT_OUT)
