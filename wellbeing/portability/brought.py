"""What a file holds, once it is read: values, whatever it was written by."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

MOST = 20_000


@dataclass(frozen=True)
class OtherNumbers:
    """Numbers that another device had, and that wait for the person to choose."""

    uid: str
    mood: int
    energy: int | None
    calm: int | None
    emotions: tuple[str, ...]
    felt_at: datetime
    zone: str
    device: str
    kept_at: datetime


@dataclass(frozen=True)
class OtherWords:
    """Words that another device had written beside."""

    uid: str
    device: str
    kept_at: datetime
    note: str = field(repr=False)


@dataclass(frozen=True)
class Brought:
    """One mood of a file, under the uid by which it is known again (32 hex digits); `felt_at` is aware.

    `mood` is None while it is one that its person named, elsewhere: `name`.
    """

    uid: str
    mood: int | None
    felt_at: datetime
    zone: str
    energy: int | None = None
    calm: int | None = None
    emotions: tuple[str, ...] = ()
    first_recorded_at: datetime | None = None
    name: str = ""
    note: str | None = field(default=None, repr=False)
    other_numbers: tuple[OtherNumbers, ...] = ()
    other_words: tuple[OtherWords, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Waiting:
    """One gesture that a phone had kept, and the line it stands on."""

    line: int
    op_id: str
    kind: str
    entity: str
    recorded_at: str
    data: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Held:
    """A whole file: moods, or what waited on a phone. `whole` is an export that holds more than the moods."""

    entries: Sequence[Brought] = ()
    waiting: Sequence[Waiting] = ()
    whole: bool = False

    @property
    def names(self) -> dict[str, int]:
        """The moods that a person named elsewhere, the most frequent first, and how often each was noted."""
        counted: dict[str, int] = {}
        for entry in self.entries:
            if entry.mood is None:
                counted[entry.name] = counted.get(entry.name, 0) + 1
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def matched(self, levels: Mapping[str, int]) -> Held:
        """The same file, each named mood at its level."""
        return replace(
            self, entries=[e if e.mood is not None else replace(e, mood=levels[e.name]) for e in self.entries]
        )


# Names under which a mood of a table is known again. Never changed: it would double what was imported before.
_NAMES = uuid.UUID("5a3f4d0e-6f0c-4c57-9d0a-7f3c6b1f2a88")


def uid_of(source: str, moment: str, mood: str, nth: int) -> str:
    """The uid of a mood that has none: by its source, its moment as written and its mood as its person named it.

    So the same file brings nothing twice, whatever zone its person lives in by then and however its moods are matched.
    `nth` tells apart moods that a file says twice of one moment.
    """
    return uuid.uuid5(_NAMES, "\n".join((source, moment, mood, str(nth)))).hex
