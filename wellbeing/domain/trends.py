"""A figure about a group is released once, coarse and blurred, or withheld.

Pure functions. Values are integers in tenths of a point; dates are local dates; instants are UTC. What they protect,
and what they do not, is `trends.md`; nothing here may change without it. What is given comes from `publishing/`, which
the worker alone runs. Neither `random` nor `secrets` is imported: chance is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

EPOCH = date(2024, 1, 1)  # a Monday; every block of every group is aligned on it
ATOM, LONG, SEASON = 14, 28, 84  # days
GRACE, LATEST, YOUNG = 3, 7, 84  # days
QUALITY = ("interaction", "cooperation", "exchange", "safety")
RandBelow = Callable[[int], int]  # secrets.randbelow in production


# --- what a person lived inside one block, and the rule that makes one value of it ----------------------------------
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


# --- blocks -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, order=True)
class Block:
    """A stretch of days with the same boundaries for every group of every installation."""

    start: date
    days: int

    @property
    def end(self) -> date:
        """The day after its last one."""
        return self.start + timedelta(self.days)

    @property
    def due(self) -> date:
        """The first day on which it may be frozen."""
        return self.end + timedelta(GRACE)

    @property
    def last(self) -> date:
        """The last day on which it may be frozen."""
        return self.due + timedelta(LATEST)

    @property
    def opens(self) -> datetime:
        """The instant before which a membership and a consent must have begun."""
        return datetime.combine(self.start, time(), UTC)

    def atoms(self) -> list[date]:
        """The 14-day boundaries inside it, its own start first."""
        return [self.start + timedelta(i) for i in range(0, self.days, ATOM)]


def blocks(item: Item, created_on: date, today: date) -> Iterator[Block]:
    """Blocks of a group that are due, oldest first. Depends on nothing but these three."""
    step = LONG if item.name == "mood" else item.days
    start = EPOCH + timedelta((created_on - EPOCH).days // step * step)
    while start <= today:
        if item.name == "mood" and start < created_on + timedelta(YOUNG):
            found = [Block(start, ATOM), Block(start + timedelta(ATOM), ATOM)]
        else:
            found = [Block(start, step)]
        yield from (b for b in found if b.start > created_on and b.due <= today)
        start += timedelta(step)


def action(block: Block, today: date, held: bool) -> str:
    """wait | draw | none, for a block that has no row and no ledger line."""
    if today < block.due:
        return "wait"
    if today > block.last:
        return "none"
    return "wait" if held else "draw"


# --- who counts -------------------------------------------------------------------------------------------------------
Span = tuple[datetime, datetime | None]  # from, to (None = still running)


@dataclass(frozen=True)
class Standing:
    """One person's rows that decide whether they count. `choice` ascends."""

    member: Sequence[Span]  # memberships of this group, role participant
    consent: Sequence[Span]  # spans of the consent "trends"
    powers: Sequence[Span]  # any facilitator or steward role, of any group
    choice: Sequence[tuple[date, str | None]]  # from which atom, which group; ascending


def chosen(choice: Sequence[tuple[date, str | None]], atom: date) -> str | None:
    """The group a person contributes to from a 14-day boundary on."""
    group = None
    for since, g in choice:
        if since <= atom:
            group = g
    return group


def counts(s: Standing, group: str, block: Block, now: datetime) -> bool:
    """Whether a person counts for a group and a block frozen at `now`: rules 1 to 4 of *Who counts*."""

    def unbroken(spans: Sequence[Span]) -> bool:
        return any(a < block.opens and (z is None or z > now) for a, z in spans)

    return (
        unbroken(s.member)
        and unbroken(s.consent)
        and not any(a < now and (z is None or z > block.opens) for a, z in s.powers)
        and all(chosen(s.choice, atom) == group for atom in block.atoms())
    )


# --- from values to one published row ---------------------------------------------------------------------------------
def value(item: Item, x: Lived) -> int | None:
    """One person's value in tenths, half to even, then clipped; None if what they logged is too little."""
    v = item.rule(x)
    return None if v is None else min(max(round(10 * v), item.lo), item.hi)


def bernoulli_exp(num: int, den: int, randbelow: RandBelow) -> bool:
    """True with probability exp(-num/den), 0 <= num <= den; exact."""
    k = 1
    while randbelow(den * k) < num:
        k += 1
    return k % 2 == 1


def discrete_laplace(unit: int, eps: int, randbelow: RandBelow) -> int:
    """P(z) proportional to exp(-|z|*eps/unit); exact, integers only."""
    while True:
        u = randbelow(unit)
        if not bernoulli_exp(u, unit, randbelow):
            continue
        v = 0
        while bernoulli_exp(1, 1, randbelow):
            v += 1
        size = (u + unit * v) // eps
        negative = randbelow(2) == 1
        if negative and size == 0:
            continue
        return -size if negative else size


def nearest(total: int, n: int, levels: Sequence[int]) -> int:
    """The level closest to total/n; a tie goes to the lower one."""
    return min(levels, key=lambda level: (abs(n * level - total), level))


@dataclass(frozen=True)
class Published:
    """All that anybody will ever know."""

    level: int  # tenths
    band: int  # lower edge


@dataclass(frozen=True)
class Withheld:
    """Carries nothing, not even why."""


def release(item: Item, values: Sequence[int], randbelow: RandBelow) -> Published | Withheld:
    """The only place where chance enters."""
    n = len(values)
    if n < item.k:
        return Withheld()
    total = sum(values) + discrete_laplace(item.unit, item.eps, randbelow)
    return Published(nearest(total, n, item.levels), max(b for b in item.bands if b <= n))


# --- words ------------------------------------------------------------------------------------------------------------
def direction(rows: Sequence[tuple[Block, Published | Withheld]]) -> str:
    """up | down | unclear, from the released levels of one item, oldest first."""
    last = rows[-4:]
    levels = [r.level for _, r in last if isinstance(r, Published)]
    adjoining = all(a.end == b.start for (a, _), (b, _) in pairwise(last))
    if len(levels) < 4 or not adjoining:
        return "unclear"
    change = (levels[2] + levels[3]) - (levels[0] + levels[1])
    return "up" if change >= 10 else "down" if change <= -10 else "unclear"
