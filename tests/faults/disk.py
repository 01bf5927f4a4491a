"""A disk that may lose its power: what a program asked of it is played again, and cut at any moment.

What a completed fsync covers is there. Of what was written after it any part may be, sector by sector, in any order,
one of them torn; what a file grew by holds zeros where nothing arrived. A name that was made, removed or changed is
certain once its folder was synchronised, and may be either way before. (The manner of ALICE and of dm-log-writes.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.strace import Call

SECTORS = (512, 4096)
Names = dict[str, "File"]


@dataclass(frozen=True)
class Piece:
    """Bytes that go to a place, all or none of them; or, without bytes, the length that a file is cut or grown to."""

    at: int
    content: bytes | None

    def put(self, into: bytearray) -> None:
        end = self.at if self.content is None else self.at + len(self.content)
        into.extend(bytes(max(0, end - len(into))))
        if self.content is None:
            del into[end:]
        else:
            into[self.at : end] = self.content

    def sectors(self, size: int) -> Iterator[Piece]:
        if self.content is None:
            yield self
            return
        at, end = self.at, self.at + len(self.content)
        while at < end:
            until = min(end, (at // size + 1) * size)
            yield Piece(at, self.content[at - self.at : until - self.at])
            at = until


@dataclass
class File:
    """What the disk has for certain, what was asked of it since, and what a program that reads it sees."""

    kept: bytearray = field(default_factory=bytearray)
    asked: list[tuple[int, Piece]] = field(default_factory=list)
    seen: bytearray = field(default_factory=bytearray)

    def change(self, moment: int, piece: Piece) -> None:
        self.asked.append((moment, piece))
        piece.put(self.seen)

    def synchronised(self, before: int) -> None:
        for moment, piece in self.asked:
            if moment < before:
                piece.put(self.kept)
        self.asked = [one for one in self.asked if one[0] >= before]

    def after_a_cut(self, chance: Random, share: float) -> bytes:
        content, size = bytearray(self.kept), chance.choice(SECTORS)
        pieces = [one for _, asked in self.asked for one in asked.sectors(size) if chance.random() < share]
        if chance.random() < 0.5:
            chance.shuffle(pieces)
        if pieces and pieces[-1].content and chance.random() < 0.5:
            pieces[-1] = Piece(pieces[-1].at, pieces[-1].content[: chance.randrange(len(pieces[-1].content))])
        for piece in pieces:
            piece.put(content)
        return bytes(content)


@dataclass
class Disk:
    """The files under some folders. `belongs` says which names are looked at."""

    folders: list[Path]
    belongs: Callable[[str], bool]
    kept: Names = field(default_factory=dict)
    seen: Names = field(default_factory=dict)
    asked: list[tuple[int, str, File | None]] = field(default_factory=list)  # a name, and what bears it from then on

    def look(self) -> Disk:
        """As it is now, all of it for certain."""
        for path, content in there(self.folders, self.belongs).items():
            self.kept[path] = self.seen[path] = File(bytearray(content), [], bytearray(content))
        return self

    def concerns(self, call: Call) -> bool:
        names = [call.file] if call.file else [text.decode(errors="replace") for text in call.strings]
        return any(name and self._ours(name) for name in names)

    def _ours(self, path: str) -> bool:
        return self.belongs(path) and any(Path(path).is_relative_to(folder) for folder in self.folders)

    def play(self, call: Call) -> None:
        """Let one call have been answered."""
        name = call.name
        if name in ("fsync", "fdatasync"):
            self._synchronise(call)
        elif name in ("open", "openat", "creat"):
            self._open(call)
        elif name.startswith(("unlink", "rename")):
            self._rename(call)
        elif call.file in self.seen:
            self._write(call, self.seen[call.file])

    def after_a_cut(self, chance: Random, share: float) -> dict[str, bytes]:
        """What is found when the power is back; `share` of what is not certain has arrived."""
        names = dict(self.kept)
        for _, path, file in self.asked:
            if chance.random() < share:
                _bear(names, path, file)
        return {path: file.after_a_cut(chance, share) for path, file in names.items()}

    def _write(self, call: Call, file: File) -> None:
        if call.name == "ftruncate":
            file.change(call.ended, Piece(call.last_number, None))
        elif call.name in ("write", "pwrite64"):
            at = call.last_number if call.name == "pwrite64" else len(file.seen)
            file.change(call.ended, Piece(at, call.strings[0][: call.answer]))
        else:
            raise NotImplementedError(call.name)

    def _open(self, call: Call) -> None:
        path = call.strings[0].decode()
        if not self._ours(path):
            return
        if path not in self.seen and ("O_CREAT" in call.said or call.name == "creat"):
            self._name(call, path, File())
        elif path in self.seen and "O_TRUNC" in call.said:
            self.seen[path].change(call.ended, Piece(0, None))

    def _rename(self, call: Call) -> None:
        old, *new = (text.decode() for text in call.strings)
        file = self.seen.get(old)
        if file and new and self._ours(new[0]):
            self._name(call, new[0], file)
        if file:
            self._name(call, old, None)

    def _name(self, call: Call, path: str, file: File | None) -> None:
        self.asked.append((call.ended, path, file))
        _bear(self.seen, path, file)

    def _synchronise(self, call: Call) -> None:
        if call.file in self.seen:
            self.seen[call.file].synchronised(call.began)
        elif call.file:
            here = [one for one in self.asked if one[0] < call.began and str(Path(one[1]).parent) == call.file]
            for _, path, file in here:
                _bear(self.kept, path, file)
            self.asked = [one for one in self.asked if one not in here]


def _bear(names: Names, path: str, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def there(folders: list[Path], belongs: Callable[[str], bool]) -> dict[str, bytes]:
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and belongs(str(path)))
    return {str(path): path.read_bytes() for path in files}
