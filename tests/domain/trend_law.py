"""The law of the noise, written down as mathematics, to hold the sampler and the levels against."""

from __future__ import annotations

from functools import cache
from math import exp

from wellbeing.domain.figures import ITEMS, Item
from wellbeing.domain.trends import nearest

FAR = 4_000  # the noise beyond it weighs less than 10⁻⁸⁰
BOTH_MODES = [*ITEMS, *(item.reinforced() for item in ITEMS)]


def named(item: Item) -> str:
    return f"{item.name}-k{item.k}e{item.eps}"


@cache
def law(unit: int, eps: int) -> list[float]:
    """P(z) for z from −FAR to +FAR."""
    ratio = exp(-eps / unit)
    return [(1 - ratio) / (1 + ratio) * ratio ** abs(z) for z in range(-FAR, FAR + 1)]


@cache
def level_of(levels: tuple[int, ...], n: int, low: int, high: int) -> list[int]:
    """The level shown for each blurred total from `low` to `high`."""
    return [nearest(total, n, levels) for total in range(low, high + 1)]


def probabilities(item: Item, n: int, total: int) -> dict[int, float]:
    """How likely each level is for n contributors whose values sum to `total`."""
    low, high = n * item.lo - FAR, n * item.hi + FAR
    shown = level_of(item.levels, n, low, high)
    start = total - FAR - low
    found = dict.fromkeys(item.levels, 0.0)
    for level, weight in zip(shown[start : start + 2 * FAR + 1], law(item.unit, item.eps), strict=True):
        found[level] += weight
    return found
