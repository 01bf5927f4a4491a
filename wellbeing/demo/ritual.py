"""What one character says of a workshop: two taps before, ten seconds after, and now and then a line to take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from wellbeing.demo.characters import Character
from wellbeing.demo.happenings import Speaks
from wellbeing.demo.moods import LIFT, Diary, Weather

MINUTE = timedelta(minutes=1)
OFTEN = 0.6  # of those who note moods, and of the dates they came to
RARELY_FORGOTTEN = 0.95  # by the regular one


class Ritual:
    """Asked in the order of the dates on which its character was in the room. `held` are all dates of their group."""

    def __init__(
        self, who: Character, held: Sequence[date], lines: Sequence[str], low: set[date], dice: Random
    ) -> None:
        self._who, self._dice = who, dice
        self._held = list(held)
        self._weather = Weather(who.level, low, dice)
        self._lines = Diary({}, lines, dice)
        self._often = RARELY_FORGOTTEN if who.turn == "regular" else OFTEN
        self._liking = dice.gauss(4.1, 0.5)  # how well the group suits them

    def around(self, day: date, start: datetime) -> Iterator[Speaks]:
        """Before and after this date, if they note moods at all and feel like it."""
        if not self._who.notes or "journal" not in self._who.agreed:
            return
        dice, end = self._dice, start + self._who.circle.minutes * MINUTE
        before = self._weather.mood(day)
        if dice.random() < self._often:
            at = start - dice.randint(2, 4) * MINUTE
            yield self._speaks(at, day, "before", {"mood": before, "calm": self._near(before - 0.3)}, "")
        if dice.random() < self._often:
            after = self._near(before + 2 * LIFT)
            said = {"mood": after, "calm": self._near(after), **self._quality(day)}
            line = self._lines.about("after") if dice.random() < 0.6 * self._who.speaks + 0.1 else ""
            yield self._speaks(end + dice.randint(3, 90) * MINUTE, day, "after", said, line)

    def _quality(self, day: date) -> dict[str, int]:
        asked = ["interaction", "cooperation", "exchange", "safety", "return"]
        said = {item: self._near(self._liking) for item in asked if self._dice.random() < 0.92}
        if self._dice.random() < 0.25:
            return said
        rank = self._held.index(day) + 1
        return said | (
            {"belong": self._near(self._liking)} if rank % 2 else {"size": self._dice.choice((2, 2, 2, 1, 3))}
        )

    def _near(self, level: float) -> int:
        return min(max(round(level + self._dice.gauss(0, 0.6)), 1), 5)

    def _speaks(self, at: datetime, day: date, part: str, said: dict[str, int], line: str) -> Speaks:
        group, answers = self._who.circle.name, tuple(said.items())
        return Speaks(at=at, who=self._who.name, group=group, day=day, part=part, answers=answers, keepsake=line)
