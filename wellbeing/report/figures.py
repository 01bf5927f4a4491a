"""What a report may count in a period: headcounts of its dates, and published blocks that lie wholly in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from wellbeing.domain import indicators
from wellbeing.domain.crowds import EPOCH
from wellbeing.domain.figures import ATOM
from wellbeing.domain.indicators import Count, Dated
from wellbeing.domain.trends import Block, Item, Published, Withheld
from wellbeing.models.group import Group
from wellbeing.report.queries import Period

Rows = Sequence[tuple[Block, Published | Withheld]]


@dataclass(frozen=True)
class Figures:
    """The dates of the period, and the rows of each item, as they stand: nothing is computed anew for a period."""

    dates: list[Dated]
    series: dict[Item, Rows]
    closing: bool  # whether a period of trends that lies in these days is not closed yet

    @property
    def counts(self) -> list[Count]:
        return indicators.held(self.dates)

    @property
    def uncounted(self) -> int:
        """Dates that took place, it seems, and that nobody counted."""
        return sum(dated.past and not dated.cancelled and dated.count is None for dated in self.dates)


def figures_of(group: Group, period: Period, now: datetime) -> Figures:
    """Dates and rows are lent by the features whose they are, and are the same on every other page."""
    first, last = period
    dates = current_app.extensions["dates_of"](group, now)
    series = current_app.extensions["published_series"](group, now.date())
    return Figures(
        dates=[dated for dated in dates if first <= dated.day <= last],
        series={item: indicators.within(rows, first, last) for item, rows in series},
        closing=_closing(period, now),
    )


def _closing(period: Period, now: datetime) -> bool:
    """By the calendar alone: whether the last fortnight within the period is not due yet."""
    after = period[1] + timedelta(1)
    start = EPOCH + timedelta((after - EPOCH).days // ATOM * ATOM - ATOM)
    return start >= period[0] and Block(start, ATOM).due > now.date()
