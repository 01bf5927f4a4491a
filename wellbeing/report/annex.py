"""The annex: every headcount by date and every published level by block, in words.

Blocks without a figure that follow one another share a line: a year of them is no page of the same sentence. The
spreadsheet has each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from wellbeing.domain.trends import EXPERIENCE, LIFT, MOOD, PROFILE, Block, Item, Published, Withheld
from wellbeing.report.figures import Figures, Rows
from wellbeing.web.levels import asked, word
from wellbeing.web.locale import number, t
from wellbeing.web.periods import brief, short

OVER_TIME = (MOOD, LIFT, EXPERIENCE)


@dataclass(frozen=True)
class Held:
    """One date: the three numbers, or none of them when it was cancelled."""

    when: str
    numbers: Sequence[str]


@dataclass(frozen=True)
class Level:
    """A block of an item, or a question of a season, with its level and its band; or a run of those that have none."""

    of: str
    level: str
    people: str


@dataclass(frozen=True)
class Table:
    """The blocks of one item, or the questions of one season; `of` heads its first column."""

    title: str
    of: str
    levels: list[Level]


@dataclass(frozen=True)
class Annex:
    held: list[Held]
    tables: list[Table]


def annex(figures: Figures) -> Annex:
    over_time = [_over_time(item, figures.series[item]) for item in OVER_TIME if figures.series[item]]
    return Annex(_held(figures), [*over_time, *_seasons(figures)])


def _held(figures: Figures) -> list[Held]:
    counted = [(dated, dated.count) for dated in figures.dates if dated.count or dated.cancelled]
    return [
        Held(
            brief(dated.day),
            [number(n) for n in (count.present, count.without_phone, count.newcomers)] if count else (),
        )
        for dated, count in counted
    ]


def _over_time(item: Item, rows: Rows) -> Table:
    levels = []
    for withheld, run in groupby(rows, lambda row: isinstance(row[1], Withheld)):
        of = list(run)
        if withheld:
            levels.append(Level(short(of[0][0].start, _last(of[-1][0])), t("trend.none"), ""))
        else:
            levels += [_level(item, _when(block), released) for block, released in of]
    return Table(t(f"trend.{item.name}"), t("trend.col_period"), levels)


def _seasons(figures: Figures) -> Iterator[Table]:
    for block in sorted({block for item in PROFILE for block, _ in figures.series[item]}):
        rows = [(item, dict(figures.series[item])[block]) for item in PROFILE]
        levels = []
        for withheld, run in groupby(rows, lambda row: isinstance(row[1], Withheld)):
            if withheld:
                levels.append(Level(", ".join(asked(item) for item, _ in run), t("trend.none"), ""))
            else:
                levels += [_level(item, asked(item), released) for item, released in run]
        yield Table(f"{t('trend.profile')}, {_when(block)}", t("trend.col_asked"), levels)


def _level(item: Item, of: str, released: Published | Withheld) -> Level:
    if isinstance(released, Withheld):
        return Level(of, t("trend.none"), "")
    return Level(of, word(item, released.level), t(f"trend.band_{released.band}"))


def _when(block: Block) -> str:
    return short(block.start, _last(block))


def _last(block: Block) -> date:
    return block.end - timedelta(1)
