"""What one character does from the day they join: comes or not, notes a mood, writes a line, pauses, leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from wellbeing.demo.characters import Character
from wellbeing.demo.happenings import Chooses, Feels, Happening, Hides, Joins, Leaves, Paces, Pauses, WasThere
from wellbeing.demo.moods import LIFT, Diary, Weather
from wellbeing.demo.ritual import Ritual
from wellbeing.demo.terms import on_holiday
from wellbeing.domain.calendars import starts_at
from wellbeing.domain.days import monday_of

ZONE = "Europe/Paris"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# when a mood is noted on an ordinary day: from, how many minutes long, how often. 24:00 is past midnight, the same day
HOURS = ((430, 140, 7), (720, 120, 4), (1110, 270, 8), (1445, 90, 1))


class Life:
    """`happenings` are what the product is told; `came` are the dates on which they were in the room."""

    def __init__(
        self, who: Character, met: Sequence[date], weather: Weather, diary: Diary, ritual: Ritual, dice: Random
    ) -> None:
        self._who, self._met, self._weather, self._diary, self._dice = who, set(met), weather, diary, dice
        self._ritual = ritual
        self._away: dict[date, bool] = {}
        self.came: set[date] = set()
        self.happenings: list[Happening] = []

    def live(self, until: date) -> Life:
        """Go through every day up to this one."""
        day = self._who.joins_on
        self.happenings += self._comes_in()
        while day <= until:
            if self._who.there(day) and not self._elsewhere(day):
                self.happenings += self._workshop(day) if self._goes(day) else self._day(day)
            day += DAY
        self.happenings += self._turn()
        return self

    def _elsewhere(self, day: date) -> bool:
        """A week now and then goes by without a note and without a workshop."""
        monday = monday_of(day)
        if monday not in self._away:
            self._away[monday] = monday > self._who.joins_on and self._dice.random() < 0.09
        return self._away[monday]

    def _goes(self, day: date) -> bool:
        if day not in self._met:
            return False
        if day == self._who.joins_on or self._dice.random() < self._who.comes:
            self.came.add(day)
        return day in self.came

    def _comes_in(self) -> Iterator[Happening]:
        who, circle = self._who, self._who.circle
        start = starts_at(who.joins_on, circle.starts_at, ZONE)
        if who.turn != "leading":
            at = start - self._dice.randint(5, 25) * MINUTE
            yield Joins(at=at, who=who.name, group=circle.name, agreed=who.agreed)

    def _workshop(self, day: date) -> Iterator[Happening]:
        who, circle = self._who, self._who.circle
        start = starts_at(day, circle.starts_at, ZONE)
        yield from self._ritual.around(day, start)
        said = self._dice.random()
        if said < 0.7:
            at = start + self._dice.randint(-5, 15) * MINUTE
            yield WasThere(at=max(at, start - 4 * MINUTE), who=who.name, group=circle.name, day=day, by_code=True)
        elif said < 0.9:
            at = start + self._dice.randint(1, 3) * DAY + self._dice.randint(0, 120) * MINUTE
            if who.leaves_on and at >= at_minute(who.leaves_on, 0):
                return
            yield WasThere(at=at, who=who.name, group=circle.name, day=day, by_code=False)
        if who.notes and self._dice.random() < max(who.notes, 0.6):
            at = start + (circle.minutes + self._dice.randint(20, 110)) * MINUTE
            yield self._feels(at, self._weather.mood(day, LIFT), "after")

    def _day(self, day: date) -> Iterator[Happening]:
        often = self._who.notes * (0.6 if on_holiday(day) else 1.0)
        while self._dice.random() < often:
            mood = self._weather.mood(day)
            kind = "holiday" if on_holiday(day) and mood >= 3 and self._dice.random() < 0.3 else str(mood)
            felt_at = self._sometime(day)
            if self._dice.random() < 0.06:
                yield self._feels(at_minute(day + DAY, 470 + self._dice.randint(0, 60)), mood, kind, felt_at)
            else:
                yield self._feels(felt_at, mood, kind)
            often *= 0.15  # twice a day is rare, three times rarer

    def _feels(self, at: datetime, mood: int, kind: str, felt_at: datetime | None = None) -> Feels:
        energy, calm = self._weather.beside(mood), self._weather.beside(mood)
        return Feels(
            at=at,
            who=self._who.name,
            op_id=f"{self._dice.getrandbits(128):032x}",
            mood=mood,
            energy=energy,
            calm=calm,
            emotions=self._weather.emotions(mood, energy),
            note=self._diary.about(kind) if self._dice.random() < self._who.speaks else "",
            felt_at=felt_at,
        )

    def _sometime(self, day: date) -> datetime:
        begins, length, _ = self._dice.choices(HOURS, weights=[often for *_, often in HOURS])[0]
        return at_minute(day, begins + self._dice.randint(0, length))

    def _turn(self) -> Iterator[Happening]:
        """What sets some of them apart, on a morning."""
        who = self._who
        if who.leaves_on:
            yield Leaves(at=at_minute(who.leaves_on, 600), who=who.name, group=who.circle.name)
        if who.pauses:
            yield Pauses(at=at_minute(who.pauses[0], 600), who=who.name, until=who.pauses[1])
        if who.turn == "hiding":
            yield Hides(at=at_minute(who.joins_on + 20 * DAY, 600), who=who.name)
        if who.turn == "weekly":
            yield Paces(at=at_minute(who.joins_on + 9 * DAY, 600), who=who.name, goal=1)
        if "trends" in who.agreed and who.turn != "regular" and self._dice.random() < 0.08:
            yield Chooses(at=at_minute(who.joins_on + 45 * DAY, 600), who=who.name, purpose="trends", given=False)
        if "trends" not in who.agreed and "journal" in who.agreed and self._dice.random() < 0.5:
            yield Chooses(at=at_minute(who.joins_on + 25 * DAY, 600), who=who.name, purpose="trends", given=True)


def at_minute(day: date, minutes: int) -> datetime:
    """The instant of so many minutes after midnight of this day, on the clock of the story."""
    days, minute = divmod(minutes, 24 * 60)
    return starts_at(day + days * DAY, time(minute // 60, minute % 60), ZONE)
