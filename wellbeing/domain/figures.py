"""Which figures about a group exist, and what one person's value in each is (docs/privacy.md has their table).

Values are integers in tenths of a point; no float exists anywhere on their path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

LENGTHS = ATOM, LONG, SEASON = 14, 28, 84  # days: the lengths of blocks
QUALITY = ("interaction", "cooperation", "exchange", "safety")


# --- what a person lived inside one block, and the rule that makes one value of it ------------------------------------
@dataclass(frozen=True)
class Lived:
    """What one person logged inside one block: moods by date, and what they said of workshops they attended."""

    moods: Mapping[date, Sequence[int]]  # local_date -> moods 1..5 of that date
    reflections: Sequence[Mapping[str, int]]  # one per attended workshop; an absent key was not answered


def mean(xs: Sequence[Fraction | int]) -> Fraction:
    """The exact mean of at least one number."""
    return Fraction(sum(xs), len(xs))


def mood_rule(x: Lived) -> Fraction | None:
    """The mean of daily means, from three logged days on: several moods a day weigh one day."""
    days = [mean(m) for m in x.moods.values() if m]
    return mean(days) if len(days) >= 3 else None


def lift_rule(x: Lived) -> Fraction | None:
    """What workshops changed, over those told of before and after, in mood, in calm or in both."""
    pairs = []
    for r in x.reflections:
        d = [r[f"{s}_after"] - r[f"{s}_before"] for s in ("mood", "calm") if f"{s}_before" in r and f"{s}_after" in r]
        if d:
            pairs.append(mean(d))
    return mean(pairs) if pairs else None


def experience_rule(x: Lived) -> Fraction | None:
    """The quality of gatherings, over those of which three of the four items were answered."""
    seen = []
    for r in x.reflections:
        answers = [r[q] for q in QUALITY if q in r]
        if len(answers) >= 3:
            seen.append(mean(answers))
    return mean(seen) if seen else None


def profile_rule(question: str) -> Callable[[Lived], Fraction | None]:
    """The rule of one item of a season: the mean of the answers to its question, if there is one."""

    def rule(x: Lived) -> Fraction | None:
        answers = [r[question] for r in x.reflections if question in r]
        return mean(answers) if answers else None

    return rule


def size_rule(x: Lived) -> Fraction | None:
    """Too small is −1, right 0, too big +1."""
    answers = [r["size"] - 2 for r in x.reflections if "size" in r]
    return mean(answers) if answers else None


# --- items ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Item:
    """One published figure: how long its block is, how it is clipped, shown, withheld and blurred."""

    name: str
    days: int  # block length; `mood` doubles it from the group's 13th week
    lo: int  # clip, tenths
    hi: int
    levels: tuple[int, ...]  # tenths, ascending; the first and last read "<=" and ">="
    k: int  # fewest contributors
    eps: int  # epsilon, a positive integer
    bands: tuple[int, ...]  # lower edges of the shown contributor bands
    rule: Callable[[Lived], Fraction | None]

    @property
    def unit(self) -> int:
        """The most that one person can move the sum."""
        return self.hi - self.lo

    def reinforced(self) -> Item:
        """The same item in the installation's reinforced mode."""
        return replace(self, k=10, eps=1, bands=(10, 16))


MOOD = Item("mood", ATOM, 20, 40, (20, 25, 30, 35, 40), 5, 2, (5, 10, 16), mood_rule)
LIFT = Item("lift", LONG, -10, 10, (-10, -5, 0, 5, 10), 5, 2, (5, 10, 16), lift_rule)
EXPERIENCE = Item("experience", LONG, 30, 50, (30, 35, 40, 45), 5, 2, (5, 10, 16), experience_rule)
PROFILE = (
    *(
        Item(f"profile.{q}", SEASON, 30, 50, (30, 35, 40, 45), 8, 1, (8, 16), profile_rule(q))
        for q in (*QUALITY, "return", "belong")
    ),
    Item("profile.size", SEASON, -10, 10, (-5, 0, 5), 8, 1, (8, 16), size_rule),
)
ITEMS = (MOOD, LIFT, EXPERIENCE, *PROFILE)


# --- one person's value -----------------------------------------------------------------------------------------------
def value(item: Item, x: Lived) -> int | None:
    """One person's value in tenths, half to even, then clipped; None if what they logged is too little."""
    v = item.rule(x)
    return None if v is None else min(max(round(10 * v), item.lo), item.hi)
