"""What happened to the association, from a seed: the same seed and the same `now` give the same story, to the word.

Nothing in it is later than `now`, but for the dates that are planned. Ids, codes, phrases and keys are none of the
story's: the product draws them, from the system, as it always does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from wellbeing.demo.characters import Character, characters
from wellbeing.demo.check_ups import check_ups
from wellbeing.demo.circles import Circle
from wellbeing.demo.happenings import (
    Cancels,
    Counts,
    Feels,
    Happening,
    Invites,
    JoinsAlso,
    Opens,
    Pass,
    Plans,
    Reports,
    Speaks,
    Starts,
)
from wellbeing.demo.leading import corrected, leading
from wellbeing.demo.life import DAY, MINUTE, ZONE, Life
from wellbeing.demo.moods import Diary, Weather
from wellbeing.demo.ritual import Ritual
from wellbeing.demo.stages import stages
from wellbeing.demo.terms import AHEAD, WEEK, dates, first_date
from wellbeing.domain.calendars import starts_at
from wellbeing.domain.days import local_date_of, monday_of, today_in
from wellbeing.domain.zones import zone_of

DATA = Path(__file__).parent.parent / "data"
STEWARD = "Bureau de l’association"


@dataclass(frozen=True)
class Story:
    """Happenings in the order of their instants, and the three people whose phrases are shown."""

    happenings: list[Happening]
    circles: list[Circle]
    participant: str
    facilitator: str
    steward: str


def story(now: datetime, *, seed: int = 1, weeks: int = 26, people: int = 42) -> Story:
    """So many weeks up to `now`, with about so many participants."""
    words = json.loads((DATA / "demo.json").read_text("utf-8"))
    today = today_in(ZONE, now)
    start = monday_of(today) - weeks * WEEK
    circles = [Circle(**{**given, "starts_at": time.fromisoformat(given["starts_at"])}) for given in words["circles"]]
    names = _names(words["pseudonyms"], _dice(seed, "names"))
    happenings: list[Happening] = [Starts(at=_hour(start, 9), who=STEWARD)]
    everyone: list[Character] = []
    for place, circle in enumerate(circles):
        opens = start + min(circle.opens_in_week, weeks // 3) * WEEK
        met = _Meetings(circle, opens, now, _dice(seed, circle.name))
        happenings += met.planned()
        count = round(people * circle.share / sum(other.share for other in circles))
        dice = _dice(seed, f"people of {circle.name}")
        came = characters(circle, count, met.held, names, today, dice, first=place == 0)
        lives = [_life(who, met, words, seed).live(today) for who in came]
        happenings += [happening for life in lives for happening in life.happenings]
        counted = list(met.counted(lives))
        happenings += corrected(counted, now) if circle.second else counted
        happenings += leading(circle, counted, met.opened, words["books"], now)
        if place == 0 and came:
            happenings += stages(circle, met.held, words["stage"], came[0].name, now, today, ZONE)
        everyone += came
        happenings += [one for who in came for one in check_ups(who, today, _dice(seed, f"check-ups of {who.name}"))]
    happenings += _also(circles, happenings)
    happenings += [Pass(at=_hour(start + n * WEEK, 6)) for n in range(1, weeks + 1)] + [Pass(at=now)]
    happenings.append(Invites(at=_hour(today - 2 * DAY, 11), steward=STEWARD, who=None))
    written = words["report"]
    happenings.append(Reports(at=now, group=circles[0].name, since=start, until=today, **written))
    told = [h for h in happenings if h.at <= now and not _noted_today(h, everyone[0].name, today)]
    return Story(sorted(told, key=lambda h: h.at), circles, everyone[0].name, circles[0].leader, STEWARD)


class _Meetings:
    """The dates of one group: planned as one season without the holidays, some cancelled, most of them counted."""

    def __init__(self, circle: Circle, opens: date, now: datetime, dice: Random) -> None:
        self._circle, self._opens, self._now, self._dice = circle, opens, now, dice
        today = today_in(ZONE, now)
        self._dates = dates(circle, opens, today + AHEAD)
        passed = [day for day in self._dates[1:] if day < today]
        self._cancelled = set(dice.sample(passed, len(passed) // 12))
        self._coming = [day for day in self._dates if starts_at(day, circle.starts_at, ZONE) > now]
        self.held = [day for day in self._dates if day not in self._cancelled and day not in self._coming]
        self.low = {monday_of(day) for day in dice.sample(self.held, min(2, len(self.held) // 4))}

        self._opening = max(opens, self._first() - 10 * DAY)
        self.opened = _hour(self._opening, 12)

    def planned(self) -> Iterator[Happening]:
        circle, opened = self._circle, self._opening
        yield Invites(at=_hour(opened, 10), steward=STEWARD, who=circle.leader)
        yield Opens(at=self.opened, who=circle.leader, group=circle.name)
        if self._dates:
            at, begins = min(_hour(opened, 13), self._now - 60 * MINUTE), first_date(circle, self._opens)
            yield Plans(at=at, group=circle.name, starts_on=begins, until=self._dates[-1])
        for day in self._cancelled:
            yield Cancels(at=_hour(day - self._dice.choice((1, 1, 2)) * DAY, 19), group=circle.name, day=day)
        if len(self._coming) > 3 and circle.repeat == "weekly":
            yield Cancels(at=self._now - 40 * MINUTE, group=circle.name, day=self._dice.choice(self._coming[2:4]))

    def counted(self, lives: Sequence[Life]) -> Iterator[Counts]:
        circle = self._circle
        for day in self.held:
            if self._dice.random() < 0.08 and day not in self.held[-3:]:
                continue  # forgotten that evening
            here = sum(day in life.came for life in lives)
            without_phone = self._dice.choice((0, 1, 1, 2, 2, 3))
            yield Counts(
                at=starts_at(day, circle.starts_at, ZONE) + (circle.minutes + 8) * MINUTE,
                group=circle.name,
                day=day,
                present=here + without_phone,
                without_phone=without_phone,
                newcomers=sum(day == min(life.came, default=None) for life in lives),
            )

    def _first(self) -> date:
        return self._dates[0] if self._dates else self._opens


def _life(who: Character, met: _Meetings, words: Any, seed: int) -> Life:
    dice = _dice(seed, who.name)
    diary = Diary(words["notes"], words["after"][who.circle.activity], dice)
    lines, apart = words["keepsakes"][who.circle.activity], _dice(seed, f"{who.name} before and after")
    ritual = Ritual(who, met.held, lines, met.low, apart)
    return Life(who, met.held, Weather(who.level, met.low, dice), diary, ritual, dice)


def _also(circles: Sequence[Circle], happenings: Sequence[Happening]) -> Iterator[Happening]:
    """Whoever opened the last group takes part in the first one, like anybody."""
    opened = [h for h in happenings if isinstance(h, Opens)]
    for _, last in pairwise(opened):
        if last.group == circles[-1].name:
            yield JoinsAlso(at=last.at + 3 * DAY, who=last.who, group=circles[0].name)


def _noted_today(happening: Happening, name: str, today: date) -> bool:
    """Their day is left open, for whoever tries the demo to note the first mood."""
    if isinstance(happening, Speaks) and happening.who == name:
        return happening.day == today
    if not isinstance(happening, Feels) or happening.who != name:
        return False
    return local_date_of((happening.felt_at or happening.at).astimezone(zone_of(ZONE))) == today


def _names(own: Sequence[str], dice: Random) -> Iterator[str]:
    """Pseudonyms as the product suggests them, and some that people thought of themselves; none comes twice."""
    suggested = json.loads((DATA / "pseudonyms.json").read_text("utf-8"))["fr"]
    both = [f"{first} {then}" for first in suggested["first"] for then in suggested["then"]]
    drawn = dice.sample(both, len(both))
    mixed = drawn[: 5 * len(own)] + list(own)
    yield drawn[-1]
    yield from dice.sample(mixed, len(mixed))
    yield from drawn[5 * len(own) : -1]


def _hour(day: date, hour: int) -> datetime:
    return starts_at(day, time(hour), ZONE)


def _dice(seed: int, about: str) -> Random:
    """Chance of one's own, so that one person more changes nobody else's story."""
    return Random(f"{seed} {about}")  # noqa: S311 - nothing here is a secret
