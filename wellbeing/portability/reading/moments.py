"""Days and hours as phones write them, in seven languages: `2024-01-31`, `31 janvier`, `January 31`, `9:05 PM`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})")
_HOUR = re.compile(r"(\d{1,2})\s*[:.h]\s*(\d{2})(?:[:.]\d{2})?\s*(?:([ap])\.?\s*m\.?)?")
NOON = "12:00"


def day_of(written: str, days_first: bool) -> date | None:
    """The day, if it can be read. `days_first` says which of `03/04/2024` is the day."""
    text = _bare(written)
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _YEAR_LAST.fullmatch(text):
        first, second = (found[1], found[3]) if days_first or found[2] == "." else (found[3], found[1])
        return _date(found[4], second, first)
    month = next((_months()[word] for word in re.findall(r"[^\W\d_]+", text) if word in _months()), None)
    numbers = re.findall(r"\d+", text)
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) <= 2]
    return _date(years[0], str(month), days[0]) if month and len(years) == len(days) == 1 else None


def hour_of(written: str) -> str | None:
    """The hour as `18:30`, noon if none is written; None if it cannot be read."""
    text = _bare(written)
    if not text:
        return NOON
    found = _HOUR.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def day_first(days: Iterable[str], beside: Iterable[str], locale: str) -> bool:
    """Whether the day comes before the month in a file's own dates: the first that can be read one way only decides, or
    what stands beside it names the month; else the reader's language does.
    """
    for written, named in zip(days, beside, strict=True):
        found = _YEAR_LAST.fullmatch(_bare(written))
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        month = next((_months()[word] for word in re.findall(r"[^\W\d_]+", _bare(named)) if word in _months()), None)
        if first > 12 or (month is not None and month == second != first):
            return True
        if second > 12 or (month is not None and month == first != second):
            return False
    return locale != "en"


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _bare(written: str) -> str:
    """Lower case, without accents, each kind of space the ordinary one."""
    parted = unicodedata.normalize("NFKD", written.casefold())
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).split())


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Every name of a month, long and short, that means one month only among these languages."""
    meanings: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    meanings.setdefault(_bare(name).rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1}
