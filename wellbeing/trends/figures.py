"""Rows put into words for the card: a sentence, a mark for each period, a direction. Nothing is computed anew here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain import indicators
from wellbeing.domain.trends import Block, Item, Published, Withheld, direction
from wellbeing.trends.queries import Row
from wellbeing.web.levels import place, word, words
from wellbeing.web.locale import number, t
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
    periods = [period(item, block, released) for block, released in rows]
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


def period(item: Item, block: Block, released: Published | Withheld) -> Period:
    last = block.end - timedelta(1)
    named = (block.start, last, short(block.start, last), t("trend.period", **bounds(block.start, last, year=True)))
    if isinstance(released, Withheld):
        return Period(*named, t("trend.none"), None, None)
    level = released.level
    return Period(*named, word(item, level), place(item, level), t(f"trend.band_{released.band}"))
