"""What a program asks of the disk and what leaves by its sockets, in the order in which it was seen: strace's record.

Every string is written in hexadecimal, so that nothing in it can be taken for something else.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NAMES = (
    "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2,sendto,sendmsg"
)
LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>(.*)|(\w+)\((.*))$")
BEGUN = " <unfinished ...>"
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
OPEN_FILE = re.compile(r"\d+<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?")
ANSWER = re.compile(r"\)\s+= (-?\d+)")


@dataclass(frozen=True)
class Call:
    """One call of the system that went well. `began` and `ended` are moments: a smaller one was seen before."""

    name: str
    said: str
    answer: int
    began: int
    ended: int

    @property
    def file(self) -> str | None:
        """The file or folder of its first argument, an open one; None when it bears no name any more."""
        found = OPEN_FILE.match(self.said)
        return _bytes(found[1]).decode() if found and not found[2] else None

    @property
    def leaves(self) -> bool:
        """Whether somebody else hears of it: by a socket, or by what a program says."""
        return self.name in ("sendto", "sendmsg") or (self.file or "").startswith("pipe:")

    @property
    def strings(self) -> list[bytes]:
        found = STRING.findall(self.said)
        assert not any(cut for _, cut in found), f"strace has cut a string of {self.name}"
        return [_bytes(text) for text, _ in found]

    @property
    def last_number(self) -> int:
        return int(self.said.rpartition(",")[2].partition(")")[0])


def usable() -> bool:
    """Whether this user may look at the calls of a program."""
    strace = shutil.which("strace")
    return (
        bool(strace) and subprocess.run([str(strace), "-qq", "true"], capture_output=True, check=False).returncode == 0
    )


def command(record: Path) -> list[str]:
    return ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={NAMES}", "-o", str(record)]


@contextmanager
def watched(pids: Iterable[int], record: Path) -> Iterator[None]:
    """These processes and all their threads are looked at, from now on and until the end."""
    looking_at = {str(pid) for pid in pids}
    arguments = [word for pid in sorted(looking_at) for word in ("-p", pid)]
    with subprocess.Popen([*command(record), *arguments], stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr
        while looking_at:
            said = program.stderr.readline()
            assert "attached" in said, said
            looking_at -= set(re.findall(r"\d+", said))
        try:
            yield
        finally:
            program.send_signal(signal.SIGINT)
            program.communicate()


def calls(record: Path) -> list[Call]:
    """In the order in which they ended."""
    begun: dict[str, tuple[str, int]] = {}
    found = []
    with record.open(encoding="ascii") as lines:
        for moment, line in enumerate(lines):
            if (read := LINE.match(line.rstrip("\n"))) is None:
                continue  # a signal, an end
            process, resumed, rest, name, said = read.groups()
            if name and said.endswith(BEGUN):
                begun[process] = said.removesuffix(BEGUN), moment
                continue
            first, began = begun.pop(process) if resumed else ("", moment)
            said = first + (rest if resumed else said)
            answer = ANSWER.search(said)
            if answer and int(answer[1]) >= 0:
                found.append(Call(resumed or name, said[: answer.start() + 1], int(answer[1]), began, moment))
    return found


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
