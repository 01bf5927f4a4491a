"""What a report is made of that is typed: how long each text may be, for whom, and over which days."""

from __future__ import annotations

from datetime import date, timedelta

from wellbeing.domain.refusals import Refusal

# Signs that each text may hold: together with the figures and the method, they fill one page of A4 and no more.
LENGTHS = {
    "association": 80,
    "action": 80,
    "territory": 60,
    "funders": 100,
    "contact": 80,
    "need": 200,
    "team": 60,
    "public": 140,
    "quote": 160,
    "learning": 240,
    "difficulties": 180,
    "next": 240,
    "means": 140,
}
NUMBERS = {"people": 100_000, "budget": 10_000_000, "volunteer_hours": 100_000}
FUNDERS = ("ars", "cpam", "city", "cfppa", "foundation", "drac", "grant")
LONGEST = timedelta(days=366)


class PeriodBackwards(Refusal, key="err.period_order", field="to"):
    """A report covers one day or more."""


class PeriodTooLong(Refusal, key="err.period_long", field="to"):
    """A report covers a year at most: its annex is one page."""


class TextTooLong(Refusal, key="err.text_long"):
    """A text of the report holds so many signs. The sentence says `n`."""


class NotAWholeNumber(Refusal, key="err.whole_number"):
    """A number of a report is whole, from 0 to `n`."""


def season_so_far(today: date) -> tuple[date, date]:
    """From the latest 1 September to today: the year of associations and of schools."""
    year = today.year if today.month >= 9 else today.year - 1
    return date(year, 9, 1), today


def period(first: date, last: date) -> tuple[date, date]:
    """Both days. Raises PeriodBackwards or PeriodTooLong."""
    if last < first:
        raise PeriodBackwards
    if last - first >= LONGEST:
        raise PeriodTooLong
    return first, last
