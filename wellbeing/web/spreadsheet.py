"""Tables that spreadsheets open, RFC 4180: numbers and dates that none misreads, text that none runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from wellbeing.domain.figures import Item
from wellbeing.domain.trends import Published, Withheld

# Signs that do not show; NUL and the like are such signs.
_UNSEEN = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\"]*"
# What makes a cell a formula, in narrow and in wide signs, first or after those; a tab or a new line would hide it.
_HIDDEN = re.compile(rf"(^|[;\t\r\n])(?=[\t\r\n]|{_UNSEEN}[=+\-@＝＋－＠])")


def table(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """The text of a whole file."""
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\r\n")
    written.writerow(header)
    written.writerows(lines)
    return text.getvalue()


def words(typed: str) -> str:
    """A cell of text that somebody typed. One that a spreadsheet could run is led by an apostrophe, which shows it.

    So is what follows a semicolon, a tab or a new line: a French spreadsheet parts cells there, whatever is quoted.
    """
    return _HIDDEN.sub(r"\1'", typed)


def figure(item: Item, released: Published | Withheld) -> tuple[str, str, str, str]:
    """`bound,level,contributors_min,contributors_max`, four empty cells for a block without a figure."""
    if isinstance(released, Withheld):
        return ("", "", "", "")
    ends = {item.levels[0]: "at most", item.levels[-1]: "at least"}
    higher = [edge for edge in item.bands if edge > released.band]
    return (
        ends.get(released.level, ""),
        points(released.level),
        str(released.band),
        str(higher[0] - 1) if higher else "",
    )


def points(tenths: int) -> str:
    """`35` is `3.5`, `-5` is `-0.5`, `40` is `4`: exact, without a float."""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}" + (f".{rest}" if rest else "")
