"""How a person says they are: three scales from 1 to 5, and the one mood a day is shown with.

The words are keys of the catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wellbeing.domain.refusals import MoodOutOfRange

LEVELS = (1, 2, 3, 4, 5)
MIDDLE = 3


@dataclass(frozen=True)
class Scale:
    """One question with five answers. `keys` are the catalogue keys of its answers, from 1 to 5."""

    name: str
    question: str
    keys: tuple[str, str, str, str, str]

    def key(self, level: int) -> str:
        """The catalogue key of a level from 1 to 5."""
        return self.keys[self.checked(level) - 1]

    def checked(self, level: int | str) -> int:
        """The level as a number, from a number or from what a form sent. Raises `MoodOutOfRange` for all but 1 to 5."""
        if isinstance(level, bool) or str(level) not in _WRITTEN:
            raise MoodOutOfRange(field=self.name)
        return _WRITTEN[str(level)]


_WRITTEN = {str(level): level for level in LEVELS}

MOOD = Scale("mood", "mood.q", ("mood.1", "mood.2", "mood.3", "mood.4", "mood.5"))
ENERGY = Scale("energy", "energy.q", ("energy.1", "energy.2", "energy.3", "energy.4", "energy.5"))
CALM = Scale("calm", "calm.q", ("calm.1", "calm.2", "calm.3", "calm.4", "calm.5"))


def day_mood(moods: Sequence[int]) -> int:
    """The level nearest to the mean of a day's moods; of two as near, the one closer to the middle. Exact: no float."""
    if not moods:
        raise ValueError("a day without a mood has no level")
    count, total = len(moods), sum(moods)
    return min(LEVELS, key=lambda level: (abs(level * count - total), abs(level - MIDDLE)))


def is_low(mood: int) -> bool:
    """Whether the screen that follows keeps silent about counts, and says where help is (docs/thread.md, rule 14)."""
    return mood <= 2
