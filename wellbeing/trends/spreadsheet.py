"""The published rows as CSV: numbers and dates only, which no spreadsheet misreads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from wellbeing.trends.queries import Series
from wellbeing.web.spreadsheet import figure, table

HEADER = ("item", "start", "end", "bound", "level", "contributors_min", "contributors_max")


def as_csv(series: Iterable[Series]) -> str:
    """RFC 4180 text. `end` is the last day included; a block without a figure leaves its four last cells empty."""
    return table(
        HEADER,
        (
            (item.name, block.start, block.end - timedelta(1), *figure(item, released))
            for item, rows in series
            for block, released in rows
        ),
    )
