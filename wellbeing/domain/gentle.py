"""Whether two weeks look heavy, for a card that offers help to one person on their own page.

The answer is yes or no, and is worth one look: whoever asks keeps it nowhere. The card will be met by many who do not
need it, and says nothing of anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

WINDOW = timedelta(days=13)  # today, and the thirteen days before
LOW_DAYS = 5
LATEST = 3
NOT_NOW = timedelta(days=14)
FOR_EVER = date.max
NEVER_SILENCED = date.min

Felt = tuple[date, int]  # the local date of an entry, and its mood


def since(today: date) -> date:
    """The first day that is looked at."""
    return today - WINDOW


def looks_heavy(entries: Sequence[Felt], today: date) -> bool:
    """Rule A or rule B. `entries` come latest first; those outside the window count for nothing."""
    within = [(day, mood) for day, mood in entries if since(today) <= day <= today]
    return _many_low_days(within) or _latest_all_lowest(within)


def _many_low_days(entries: Sequence[Felt]) -> bool:
    """Rule A: five low days at least, and three in five of the days with a mood. Exact: no float."""
    days: dict[date, list[int]] = defaultdict(list)
    for day, mood in entries:
        days[day].append(mood)
    low = sum(sum(moods) <= 2 * len(moods) for moods in days.values())
    return low >= LOW_DAYS and 5 * low >= 3 * len(days)


def _latest_all_lowest(entries: Sequence[Felt]) -> bool:
    """Rule B: the three latest entries all say the lowest mood, and all lie in the window."""
    latest = [mood for _, mood in entries[:LATEST]]
    return latest == [1] * LATEST
