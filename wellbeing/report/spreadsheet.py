"""The rows of a report as CSV: each headcount by date, each published level by block, and not one more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wellbeing.report.figures import Figures
from wellbeing.web.spreadsheet import figure, table, words

HEADER = (
    *("item", "start", "end", "bound", "level", "contributors_min", "contributors_max"),
    *("present", "without_phone", "newcomers", "title"),
)


def as_csv(figures: Figures) -> str:
    """RFC 4180 text, with the columns of `trends.csv` first. A cancelled date leaves its numbers empty; titles are what
    somebody typed, and are made safe.
    """
    return table(HEADER, [*_counts(figures), *_levels(figures)])


def _counts(figures: Figures) -> Iterator[tuple[object, ...]]:
    for dated in figures.dates:
        if dated.cancelled or dated.count is not None:
            count = dated.count
            numbers = (count.present, count.without_phone, count.newcomers) if count else ("", "", "")
            kind = "cancelled" if dated.cancelled else "headcount"
            yield (kind, dated.day, dated.day, "", "", "", "", *numbers, words(dated.title))


def _levels(figures: Figures) -> Iterator[tuple[object, ...]]:
    for item, rows in figures.series.items():
        for block, released in rows:
            yield (item.name, block.start, block.end - timedelta(1), *figure(item, released), "", "", "", "")
