"""Who is in the story: how each of them comes and goes, notes and speaks. Decided by the seed alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from wellbeing.demo.circles import Circle

# what one does, and how often: notes a mood on a day, comes to a workshop, adds words to a mood
KINDS = {
    "regular": (0.8, 0.9, 0.5),
    "steady": (0.5, 0.8, 0.25),
    "often": (0.35, 0.75, 0.15),
    "weekly": (0.06, 0.85, 0.1),
    "quiet": (0.0, 0.7, 0.0),
}
# what becomes of some of them: each is one of the kinds above, and something more
TURNS = {
    "gone": "steady",
    "newcomer": "steady",
    "leaver": "often",
    "away": "steady",
    "resting": "often",
    "pausing": "often",
    "hiding": "often",
}
WHO_COMES = (
    *("regular", "steady", "often", "gone", "steady", "newcomer", "often", "steady", "weekly", "quiet", "leaver"),
    *("steady", "away", "often", "pausing", "hiding", "steady", "weekly", "resting", "often", "steady", "quiet"),
)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Character:
    """Someone who takes part. `level` is the mood they come back to, from 1 to 5; dates are local dates.

    From `silent_from` on they neither note nor come; on `leaves_on` they leave the group.
    """

    name: str
    circle: Circle
    turn: str
    joins_on: date
    level: float
    agreed: tuple[str, ...]
    notes: float
    comes: float
    speaks: float
    silent_from: date | None = None
    leaves_on: date | None = None
    pauses: tuple[date, date] | None = None

    def there(self, day: date) -> bool:
        return day >= self.joins_on and not (self.silent_from and day >= self.silent_from)


def characters(
    circle: Circle, count: int, met: Sequence[date], names: Iterator[str], today: date, dice: Random, *, first: bool
) -> list[Character]:
    """The people of one group that has met on these dates. `first` puts the regular one among them, at their head."""
    turns = [WHO_COMES[(place + (not first)) % len(WHO_COMES)] for place in range(count)]
    return [_character(circle, turn, met, next(names), today, dice) for turn in turns] if met else []


def _character(circle: Circle, turn: str, met: Sequence[date], name: str, today: date, dice: Random) -> Character:
    notes, comes, speaks = KINDS[TURNS.get(turn, turn)]
    one = Character(
        name=name,
        circle=circle,
        turn=turn,
        joins_on=_first_time(turn, met, dice),
        level=3.8 if turn == "regular" else min(max(dice.gauss(3.5, 0.45), 2.7), 4.3),
        agreed=_agreed(turn, dice),
        notes=notes,
        comes=comes,
        speaks=speaks,
    )
    return _turned(one, today)


def _turned(one: Character, today: date) -> Character:
    match one.turn:
        case "gone":
            return replace(one, silent_from=max(one.joins_on + 3 * WEEK, today - 11 * WEEK))
        case "away":
            return replace(one, silent_from=today - 4 * WEEK)
        case "resting":
            return replace(one, silent_from=today - 2 * WEEK)
        case "pausing":
            return replace(one, silent_from=today - 2 * WEEK, pauses=(today - 2 * WEEK, today + 2 * WEEK))
        case "leaver":
            last = max(one.joins_on + 4 * WEEK, today - 6 * WEEK)
            return replace(one, silent_from=last, leaves_on=last)
    return one


def _first_time(turn: str, met: Sequence[date], dice: Random) -> date:
    if turn == "newcomer":
        return met[-1]
    if turn == "regular":
        return met[0]
    early = met[: 3 if dice.random() < 0.7 else max(3, len(met) * 3 // 5)]
    return dice.choice(early)


def _agreed(turn: str, dice: Random) -> tuple[str, ...]:
    """All choices are off until someone makes them; whoever is quiet makes none but the age."""
    if turn == "quiet":
        return ("age_ok",)
    often = {"trends": 0.85, "reminders": 0.4, "checkups": 0.3}
    chosen = [purpose for purpose, share in often.items() if dice.random() < share or turn == "regular"]
    return ("age_ok", "journal", *chosen)
