"""The seven items of a season in words: what the latest season says of each, and a table of all that were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from wellbeing.domain.trends import Item, Published
from wellbeing.trends.figures import Period, periods_of, told
from wellbeing.trends.queries import Series
from wellbeing.web.levels import asked, listed, place, word, words
from wellbeing.web.locale import t
from wellbeing.web.periods import bounds


@dataclass(frozen=True)
class Asked:
    """One item in words: what it is about, and each of its seasons, oldest first."""

    name: str
    label: str
    told: str
    seasons: list[Period]


@dataclass(frozen=True)
class Column:
    """One word of the scale, and in which rows of the drawing it was the answer of the latest season."""

    word: str
    rows: list[int]


@dataclass(frozen=True)
class Profile:
    """`drawn` names the rows of the drawing, `columns` are its words, the highest first; `items` are all seven."""

    say: str
    drawn: list[str]
    columns: list[Column]
    items: list[Asked]


def profile_of(series: Sequence[Series]) -> Profile | None:
    """The figure of the seven items, or None before a first season is due."""
    due = [(item, rows) for item, rows in series if rows]
    if not due:
        return None
    scale = due[0][0]
    alike = [(item, rows) for item, rows in due if item.levels == scale.levels]
    places = [_place(item, rows[-1][1]) for item, rows in alike]
    columns = [
        Column(said, [row for row, found in enumerate(places, 1) if found == len(scale.levels) - n])
        for n, said in enumerate(words(scale))
    ]
    return Profile(
        say=_said(due),
        drawn=[asked(item) for item, _ in alike] if any(places) else [],
        columns=columns,
        items=[Asked(item.name, asked(item), told(rows), periods_of(item, rows)) for item, rows in due],
    )


def _place(item: Item, released: object) -> int:
    return place(item, released.level) if isinstance(released, Published) else 0


def _said(due: Sequence[Series]) -> str:
    latest = [(item, rows[-1][1]) for item, rows in due]
    parts = [
        t("trend.profile_part", item=asked(item), level=word(item, released.level))
        for item, released in latest
        if isinstance(released, Published)
    ]
    block, _ = due[0][1][-1]
    between = bounds(block.start, block.end - timedelta(1))
    return t("trend.profile_list", **between, list=listed(parts)) if parts else t("trend.none")
