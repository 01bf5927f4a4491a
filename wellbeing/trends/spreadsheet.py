"""The published rows as CSV (trends.md, *Showing*): numbers and dates only, which no spreadsheet misreads."""

from __future__ import annotations

<<<<<<< HEAD
import csv
import io
from collections.abc import Iterable
from datetime import timedelta

from wellbeing.domain.trends import Item, Published
from wellbeing.trends.queries import Series
=======
from collections.abc import Iterable
from datetime import timedelta

from wellbeing.trends.queries import Series
from wellbeing.web.spreadsheet import figure, table
>>>>>>> report

HEADER = ("item", "start", "end", "bound", "level", "contributors_min", "contributors_max")


def as_csv(series: Iterable[Series]) -> str:
    """RFC 4180 text. `end` is the last day included; a block without a figure leaves its four last cells empty."""
<<<<<<< HEAD
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(HEADER)
    for item, rows in series:
        for block, released in rows:
            figure = _figure(item, released) if isinstance(released, Published) else ("", "", "", "")
            table.writerow((item.name, block.start, block.end - timedelta(1), *figure))
    return text.getvalue()


def _figure(item: Item, released: Published) -> tuple[str, str, str, str]:
    ends = {item.levels[0]: "at most", item.levels[-1]: "at least"}
    higher = [edge for edge in item.bands if edge > released.band]
    return (
        ends.get(released.level, ""),
        _points(released.level),
        str(released.band),
        str(higher[0] - 1) if higher else "",
=======
    return table(
        HEADER,
        (
            (item.name, block.start, block.end - timedelta(1), *figure(item, released))
            for item, rows in series
            for block, released in rows
        ),
>>>>>>> report
    )
