"""A run of whole days as the reader's language says it: « du 2 au 15 mars », « 30 mars – 12 avr. »."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from wellbeing.web.locale import locale_now

NO_BREAK = "\u00a0"
JOINED = "\u2060"  # a line may break after a dash even where no space is broken


def bounds(first: date, last: date, *, year: bool = False) -> dict[str, str]:
    """The two ends, as `from` and `to` of a message. The month is said once when it is one; the year where asked or
    needed.
    """
    if first.year != last.year:
        return {"from": _written(first, "d MMMM y"), "to": _written(last, "d MMMM y")}
    return {
        "from": _written(first, "d" if first.month == last.month else "d MMMM"),
        "to": _written(last, "d MMMM y" if year else "d MMMM"),
    }


def short(first: date, last: date) -> str:
    """The same for a narrow place, such as under a mark of a drawing, where the dash stays with the day after it."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{_written(first, 'd')}–{brief(last)}".replace(" ", NO_BREAK)
    return f" –{JOINED}{NO_BREAK}".join(brief(day).replace(" ", NO_BREAK) for day in (first, last))


def brief(day: date) -> str:
    """One day in a narrow place: « 1er sept. » / "1 Sept"."""
    return _written(day, "d MMM")


def _written(day: date, pattern: str) -> str:
    return _dated(day, pattern, locale_now())


@lru_cache(maxsize=4096)
def _dated(day: date, pattern: str, locale: str) -> str:
    """The ends of periods are the same for every group, and a page of years says hundreds: each is written once."""
    text = format_date(day, pattern, locale)
    return f"1er{text[1:]}" if day.day == 1 and locale == "fr" else text
