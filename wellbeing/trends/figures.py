"""Rows put into words for the card: a sentence, a mark for each period, a direction. Nothing is computed anew here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.trends import MOOD, Block, Published, Withheld, direction
from wellbeing.trends.queries import Row
from wellbeing.web.locale import t
from wellbeing.web.periods import bounds, short

DRAWN = 6  # periods in the drawing, the latest ones; the table holds them all


@dataclass(frozen=True)
class Period:
    """One due block in words. `place` is the level from 1 to 5; without a figure it and `people` are absent."""

    start: date
    last: date
    short: str
    when: str
    level: str
    place: int | None
    people: str | None


@dataclass(frozen=True)
class Figure:
    """What the card shows. `drawn` are the latest of `periods`, which are oldest first and never empty."""

    say: str
    direction: str
    steady: bool
    drawn: list[Period]
    periods: list[Period]
    words: list[str]


def mood_figure(rows: Sequence[Row]) -> Figure | None:
    """The figure of `mood` in the reader's language, or None before a first block is due."""
    if not rows:
        return None
    periods = [_period(block, released) for block, released in rows]
    way = direction(rows)
    latest = periods[-1]
    return Figure(
        say=_said(rows[-1][0], latest),
        direction=t("trend.direction", direction=t(f"trend.{way}")),
        steady=way == "unclear",
        drawn=periods[-DRAWN:],
        periods=periods,
        words=[t(f"level.mood.{place}") for place in range(len(MOOD.levels), 0, -1)],
    )


def _said(block: Block, latest: Period) -> str:
    if latest.place is None:
        return latest.level
    return t("trend.mood_say", **bounds(block.start, latest.last), level=latest.level)


def _period(block: Block, released: Published | Withheld) -> Period:
    last = block.end - timedelta(1)
    said = (block.start, last, short(block.start, last), t("trend.period", **bounds(block.start, last, year=True)))
    if isinstance(released, Withheld):
        return Period(*said, t("trend.none"), None, None)
    place = MOOD.levels.index(released.level) + 1
    return Period(*said, t(f"level.mood.{place}"), place, t(f"trend.band_{released.band}"))
