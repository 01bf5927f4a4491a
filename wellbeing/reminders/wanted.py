"""What somebody wishes to be reminded of, as the page shows it and as it is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """`days` are ISO weekdays; the three others are the next workshop, the day before it, and dates that change."""

    hour: int
    days: frozenset[int]
    workshops: bool
    keepsake: bool
    news: bool


# A Thursday and a Sunday in the early evening: two a week, as far apart as a week allows.
USUAL = Wanted(18, frozenset({4, 7}), workshops=True, keepsake=True, news=True)
