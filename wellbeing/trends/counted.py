"""What a team's own headcounts say, in sentences, and their size beside the published level of the same period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from wellbeing.domain import indicators, sizes
from wellbeing.domain.indicators import FEW, SOME, Count, Dated
from wellbeing.domain.sizes import Dot
from wellbeing.domain.trends import EXPERIENCE
from wellbeing.trends.queries import Row
from wellbeing.web import headcounts
from wellbeing.web.levels import place, word, words
from wellbeing.web.locale import t, tn
from wellbeing.web.periods import bounds, short


@dataclass(frozen=True)
class Point:
    """One period: how many people came, in the middle, and the level that was published of it."""

    size: str
    short: str
    when: str
    level: str
    place: int


@dataclass(frozen=True)
class Sizes:
    """Points from the smallest group to the largest, and what they say."""

    say: str
    words: list[str]
    points: list[Point]


def sentences(dates: Sequence[Dated]) -> list[str]:
    """Each figure of the headcounts that has reached its threshold; then from when the others are shown."""
    counts = indicators.held(dates)
    if not counts:
        return [t("grp.no_counts")]
    figures = (headcounts.dates, headcounts.came, headcounts.size, headcounts.no_phone, headcounts.back)
    said = [sentence for of in figures for sentence in of(dates)]
    return [*said, t("trend.counts_few", few=FEW, some=SOME)] if len(counts) < SOME else said


def sizes_of(rows: Sequence[Row], counts: Sequence[Count]) -> Sizes | None:
    """Headcount beside experience, from six periods on."""
    dots = sizes.size_experience(rows, counts)
    return Sizes(_said(dots), words(EXPERIENCE), [_point(dot) for dot in dots]) if dots else None


def _said(dots: Sequence[Dot]) -> str:
    parted = headcounts.by_size(dots)
    return parted or t("trend.sizes_say", a=dots[0].size, b=dots[-1].size)


def _point(dot: Dot) -> Point:
    first, last = dot.block.start, dot.block.end - timedelta(1)
    return Point(
        size=tn("trend.people", dot.size),
        short=short(first, last),
        when=t("trend.period", **bounds(first, last, year=True)),
        level=word(EXPERIENCE, dot.level),
        place=place(EXPERIENCE, dot.level),
    )
