"""A figure about a group is released once, coarse and blurred, or withheld.

Pure functions. Values are integers in tenths of a point; dates are local dates; instants are UTC. What they protect,
and what they do not, is in docs/privacy.md; nothing here may change without it. What is given comes from `publishing/`,
which the worker alone runs. Neither `random` nor `secrets` is imported: chance is an argument.

This is the face of the mechanism: what the figures are stands in `figures.py`, who is in them in `crowds.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wellbeing.domain.crowds import EPOCH, Block, Span, Standing, action, blocks, counts, kept_blocks, next_due
from wellbeing.domain.figures import ATOM, EXPERIENCE, ITEMS, LIFT, MOOD, PROFILE, Item, Lived, value

__all__ = [
    "ATOM", "EPOCH", "EXPERIENCE", "ITEMS", "LIFT", "MOOD", "PROFILE", "Block", "Item", "Lived", "Published",
    "RandBelow", "Span", "Standing", "Withheld", "action", "blocks", "counts", "direction", "kept_blocks", "next_due",
    "release", "value",
]  # fmt: skip

RandBelow = Callable[[int], int]  # secrets.randbelow in production


# --- from values to one published row ---------------------------------------------------------------------------------
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
