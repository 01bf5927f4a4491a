"""Where the drawings stand on their lines, in the units of an SVG: small numbers only, the words come from `cards`.

A line goes from the lowest level on the left to the highest on the right, as the five buttons do. How large a drawing
is says how often; where it stands says which, and so does its shape, so that colour says nothing alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

from wellbeing.domain.moods import LEVELS

SIDE = 300  # the width of a line of drawings
WEEK, SIGN = 200, 28  # of a line of shapes, and of what stands after it
DAYS = 7  # a week that was all of one mood is drawn as large as can be


@dataclass(frozen=True)
class Mark:
    """A drawing of the sprite. `mood` is the one whose colour it takes; 0: that of the thread."""

    name: str
    mood: int
    x: int
    y: int
    size: int


@dataclass(frozen=True)
class Line:
    """One line and its label: drawings, dots where a level was not said, or a thread that ends at `thread`."""

    label: str
    marks: Sequence[Mark] = field(default=(), repr=False)
    dots: Sequence[int] = ()
    thread: int = 0


@dataclass(frozen=True)
class Table:
    """The same as text: `rows` begin with their own heading."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)


@dataclass(frozen=True)
class Picture:
    """Lines of one size, `beside` their labels or under them; what their two ends mean; a hint; and their table."""

    key: str
    width: int
    height: int
    lines: Sequence[Line]
    table: Table
    beside: bool = True
    ends: Sequence[str] = ()
    hint: str = ""


def sides(scale: str, times: Mapping[str, Mapping[int, int]]) -> list[Line]:
    """Two lines of the drawings of a scale (`mood`, `calm`), 50 high, by their labels.

    Each is as large as its level's share of its side, the largest of both sides as large as can be: two sides that hold
    more and fewer sessions can be compared.
    """
    shares = {label: {level: Fraction(n, sum(of.values())) for level, n in of.items()} for label, of in times.items()}
    most = max(share for of in shares.values() for share in of.values())
    return [
        _line(label, scale, {level: _size(48, share / most, 20) for level, share in of.items()}, SIDE, 50)
        for label, of in shares.items()
    ]


def week(label: str, days: Mapping[int, int], signed: bool) -> Line:
    """The shapes of a week, 26 high, as large as their days are many, and a sign at the end.

    A week without a note has no line: it is a gap, and says nothing.
    """
    line = _line(label, "shape", {level: _size(26, Fraction(n, DAYS), 12) for level, n in days.items()}, WEEK, 26)
    sign = [Mark("workshops", 0, WEEK + 4, 1, SIGN - 4)] if signed else []
    return Line(label, [*line.marks, *sign], line.dots if days else ())


def thread(label: str, count: int, most: int) -> Line:
    """A thread as long as something was frequent; 16 high."""
    return Line(label, thread=8 + (SIDE - 16) * count // most)


def _line(label: str, family: str, sizes: Mapping[int, int], width: int, height: int) -> Line:
    centres = {level: width * (2 * level - 1) // (2 * len(LEVELS)) for level in LEVELS}
    marks = [
        Mark(f"{family}-{level}", 0 if family == "calm" else level, at - size // 2, (height - size) // 2, size)
        for level, at in centres.items()
        if (size := sizes.get(level, 0))
    ]
    return Line(label, marks, [at for level, at in centres.items() if level not in sizes])


def _size(largest: int, share: Fraction, smallest: int) -> int:
    """The area says how often, down to what can still be seen."""
    return max(isqrt(int(largest * largest * share)) // 2 * 2, smallest)
