"""One line of the ledger: what it says, and how it is written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from wellbeing.domain.crowds import Block

START = b'"start": "'
BLOCK = re.compile(rb'"start": "([0-9-]{10})", "days": ([0-9]+)')


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


def start_in(text: bytes) -> bytes:
    """The first day of a line's block: most lines are passed over, and parsing them all would take long."""
    at = text.find(START) + len(START)
    return text[at : at + 10]


def block_in(text: bytes) -> Block:
    """A line's block, without parsing the rest."""
    found = BLOCK.search(text)
    return Block(date.fromisoformat(found[1].decode()), int(found[2])) if found else read(text).block


def is_whole(text: bytes) -> bool:
    """Whether this reached the disk as it was written: a kill cuts a line short, a power cut leaves zeros in it too."""
    return text.startswith(b"{") and text.endswith(b"}\n") and b"\0" not in text


def read(line: bytes) -> Line:
    kept = json.loads(line)
    return Line(**{**kept, "start": date.fromisoformat(kept["start"])})


def written(line: Line) -> bytes:
    return json.dumps({**vars(line), "start": line.start.isoformat()}).encode() + b"\n"
