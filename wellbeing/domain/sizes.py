"""Is a group too large to meet in? Headcounts beside the published experience of the same weeks, and no more than that.

A dot is a closed block: how many people came, in the middle, and the level that was published of it. Nothing is said of
a cause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from wellbeing.domain.crowds import Block
from wellbeing.domain.indicators import Count, Rows, middle
from wellbeing.domain.trends import Published

_day = attrgetter("day")
DOTS, SIDE = 6, 3  # dots from which they are shown, and on each side of the middle from which the sides are compared


@dataclass(frozen=True, order=True)
class Dot:
    """A closed block: how many people came, in the middle, and the level published of it in tenths."""

    size: int
    block: Block
    level: int


@dataclass(frozen=True)
class Split:
    """The middle level of the larger half and of the others. `size` is the number of people that parts them."""

    size: int
    above: int
    otherwise: int


def size_experience(rows: Rows, counts: Sequence[Count]) -> list[Dot] | None:
    """One dot for each block with a published level and a headcount, the smallest size first; from six dots on."""
    dots, inorder = [], sorted(counts, key=_day)
    for block, released in rows:
        first, after = (bisect_left(inorder, day, key=_day) for day in (block.start, block.end))
        present = [count.present for count in inorder[first:after]]
        if present and isinstance(released, Published):
            dots.append(Dot(middle(present), block, released.level))
    return sorted(dots) if len(dots) >= DOTS else None


def split(dots: Sequence[Dot]) -> Split | None:
    """The dots parted at the middle size, when at least three lie on each side."""
    if not dots:
        return None
    edge = middle([dot.size for dot in dots])
    above = [dot.level for dot in dots if dot.size > edge]
    otherwise = [dot.level for dot in dots if dot.size <= edge]
    return Split(edge, middle(above), middle(otherwise)) if min(len(above), len(otherwise)) >= SIDE else None
