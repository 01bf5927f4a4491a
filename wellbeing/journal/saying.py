"""What one op says of an entry, as values: its numbers and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from wellbeing.domain.merging import Verb
from wellbeing.journal.feeling import Feeling


@dataclass(frozen=True)
class Numbers:
    """All that an entry says but its words. `felt_at` is aware, on the clock of its place; `zone` is only shown.

    An empty `zone` leaves the one that is stored. Two devices that name other zones for one moment say the same.
    """

    mood: int
    energy: int | None
    calm: int | None
    emotions: tuple[str, ...]
    felt_at: datetime
    zone: str = field(default="", compare=False)


@dataclass(frozen=True)
class Said:
    """What is asked of one entry. `words` None removes them, if the op speaks of words at all.

    `warnings` are what the answer tells besides: `future`, `clock`.
    """

    verb: Verb
    numbers: Numbers | None = None
    words: str | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = ()


def numbers_of(feeling: Feeling, felt_at: datetime, zone: str = "") -> Numbers:
    """A form's feeling at a moment."""
    return Numbers(feeling.mood, feeling.energy, feeling.calm, feeling.emotions, feeling.felt_at or felt_at, zone)
