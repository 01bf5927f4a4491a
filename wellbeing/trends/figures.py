"""Rows put into words for the card: a sentence, a mark for each period, a direction. Nothing is computed anew here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from wellbeing.domain import indicators
from wellbeing.domain.trends import Block, Item, Published, Withheld, direction
from wellbeing.trends.queries import Row
from wellbeing.web.levels import place, word, words
from wellbeing.web.locale import locale_now, number, t
from wellbeing.web.periods import bounds, short

DRAWN = 6  # periods in the drawing, the latest ones; the table holds them all


@dataclass(frozen=True)
class Period:
    """One due block in words. `place` is the level from 1 up; without a figure it and `people` are absent."""

    start: date
    last: date
    short: str
    when: str
    level: str
    place: int | None
    people: str | None


@dataclass(frozen=True)
class Figure:
    """What the card shows of one item. `drawn` are the latest of `periods`, which are oldest first and never empty;
    `direction` is empty while there are too few figures to speak of one.
    """

    name: str
    title: str
    say: str
    direction: str
    steady: bool
    told: str
    drawn: list[Period]
    periods: list[Period]
    words: list[str]


def figure_of(item: Item, rows: Sequence[Row]) -> Figure | None:
    """The figure of one item over time in the reader's language, or None before a first block is due."""
    if not rows:
        return None
    periods = periods_of(item, rows)
    way = direction(rows)
    return Figure(
        name=item.name,
        title=t(f"trend.{item.name}"),
        say=said(item, rows),
        direction=t("trend.direction", direction=t(f"trend.{way}")) if indicators.directed(rows) else "",
        steady=way == "unclear",
        told=told(rows),
        drawn=periods[-DRAWN:],
        periods=periods,
        words=words(item),
    )


def said(item: Item, rows: Sequence[Row]) -> str:
    """What the latest due block says, in a sentence."""
    block, released = rows[-1]
    if isinstance(released, Withheld):
        return t("trend.none")
    between = bounds(block.start, block.end - timedelta(1))
    return t(f"trend.{item.name}_say", **between, level=word(item, released.level))


def told(rows: Sequence[Row]) -> str:
    """How much can be said: it stands beside every figure."""
    known = indicators.published(rows)
    return t("rep.published", p=number(known.published), c=number(known.closed)) if known else ""


def periods_of(item: Item, rows: Sequence[Row]) -> list[Period]:
    """Each row in words. A page of two years has some hundred and fifty of them: what several say is worded once."""
    language, worded = locale_now(), dict[object, tuple[str, int | None, str | None]]()
    periods = []
    for block, released in rows:
        if released not in worded:
            worded[released] = _worded(item, released)
        periods.append(Period(*_named(block, language), *worded[released]))
    return periods


def _worded(item: Item, released: Published | Withheld) -> tuple[str, int | None, str | None]:
    if isinstance(released, Withheld):
        return t("trend.none"), None, None
    return word(item, released.level), place(item, released.level), t(f"trend.band_{released.band}")


@lru_cache(maxsize=1024)
def _named(block: Block, language: str) -> tuple[date, date, str, str]:  # noqa: ARG001 - the words are the language's
    """Its ends, and how they are written: the same for every group and every item, whatever was published of it."""
    last = block.end - timedelta(1)
    return block.start, last, short(block.start, last), t("trend.period", **bounds(block.start, last, year=True))
