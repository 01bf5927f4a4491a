"""The check-ups of one person, for whoever looks at a curve: two sets of questions, one date passed by, one waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from wellbeing.demo.characters import Character
from wellbeing.demo.happenings import Happening
from wellbeing.demo.life import DAY, at_minute

WAITING = timedelta(days=14)
PASSED_BY = 2  # the third one


@dataclass(frozen=True, kw_only=True)
class WantsCheckUp(Happening):
    """A set of questions is switched on."""

    who: str
    pack: str


@dataclass(frozen=True, kw_only=True)
class AnswersCheckUp(Happening):
    who: str
    pack: str
    op_id: str
    answers: tuple[tuple[str, int], ...]


def check_ups(who: Character, today: date, dice: Random) -> Iterator[Happening]:
    """From two days after they joined; nothing of the last fourteen days, so that what is due still waits."""
    if who.turn != "regular" or "checkups" not in who.agreed:
        return
    begins = who.joins_on + 2 * DAY
    if begins > today:
        return
    yield WantsCheckUp(at=at_minute(begins, 540), who=who.name, pack="reperes5")
    for pack, every, items, levels in (
        ("ons_lonely", 84, ("lonely",), (3, 4)),
        ("reperes5", 28, ("1", "2", "3", "4", "5"), (2, 3)),
    ):
        days = range(0, (today - WAITING - begins).days + 1, every)
        for place, after in enumerate(days):
            if place == PASSED_BY:
                continue
            answers = tuple((item, dice.choice(levels)) for item in items)
            name = f"{dice.getrandbits(128):032x}"
            at = at_minute(begins + after * DAY, 600 + dice.randint(0, 30))
            yield AnswersCheckUp(at=at, who=who.name, pack=pack, op_id=name, answers=answers)
