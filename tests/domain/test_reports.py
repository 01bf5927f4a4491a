"""Which days a report covers: the season so far, or those that were asked for, a year at most."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.reports import PeriodBackwards, PeriodTooLong, period, season_so_far

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 8, 31), date(2025, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 12, 31), date(2026, 9, 1)),
        (date(2027, 1, 1), date(2026, 9, 1)),
    ],
)
def test_a_season_begins_in_september(today: date, first: date) -> None:
    assert season_so_far(today) == (first, today)


@given(DAYS)
def test_the_season_so_far_is_always_a_period(today: date) -> None:
    assert period(*season_so_far(today)) == season_so_far(today)


@given(DAYS, st.integers(-400, 800))
def test_a_period_is_one_day_to_one_year(first: date, days: int) -> None:
    last = first + timedelta(days)
    if days < 0:
        with pytest.raises(PeriodBackwards):
            period(first, last)
    elif days >= 366:
        with pytest.raises(PeriodTooLong):
            period(first, last)
    else:
        assert period(first, last) == (first, last)
