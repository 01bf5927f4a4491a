"""How a character feels, day after day: a level, slow weeks, low ones, the weather of a day, the lift of a workshop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from wellbeing.domain.days import monday_of
from wellbeing.domain.emotions import quadrants_for

Words = Mapping[str, Sequence[str]]
LIFT = 0.4


class Weather:
    """What one person goes through, from Monday to Monday; asked in the order of the days, it gives their moods."""

    def __init__(self, level: float, low: set[date], dice: Random) -> None:
        self._level, self._low, self._dice = level, low, dice
        self._drift: dict[date, float] = {}
        self._heavy = dict.fromkeys(low, -1.1)

    def mood(self, day: date, lift: float = 0.0) -> int:
        """From 1 to 5."""
        monday = monday_of(day)
        if monday not in self._drift:
            before = next(reversed(self._drift.values()), 0.0)
            self._drift[monday] = 0.6 * before + self._dice.gauss(0, 0.3)
            if self._dice.random() < 0.06:
                self._heavy[monday] = -1.3
        felt = self._level + self._drift[monday] + self._heavy.get(monday, 0.0) + lift
        felt += 0.2 if day.weekday() >= 5 else 0.0
        return min(max(round(felt + self._dice.gauss(0, 0.75)), 1), 5)

    def beside(self, mood: int) -> int | None:
        """Energy or calm, said more often than not, and never far from the mood."""
        if self._dice.random() < 0.45:
            return None
        return min(max(mood + self._dice.choice((-1, 0, 0, 1)), 1), 5)

    def emotions(self, mood: int, energy: int | None) -> tuple[str, ...]:
        if self._dice.random() < 0.5:
            return ()
        words = quadrants_for(mood, energy)[0].emotions
        return tuple(self._dice.sample(words, self._dice.choice((1, 1, 2, 3))))


class Diary:
    """The sentences one person has still to write: none comes twice."""

    def __init__(self, notes: Words, after: Sequence[str], dice: Random) -> None:
        self._left = {kind: dice.sample(texts, len(texts)) for kind, texts in {**notes, "after": after}.items()}

    def about(self, kind: str) -> str:
        """A sentence of this kind; nothing once all have been said."""
        return self._left[kind].pop() if self._left[kind] else ""
