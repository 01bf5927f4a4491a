"""The weeks of a year, a digit each."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.days import monday_of
from wellbeing.domain.years import LONGEST, NOTHING, mondays_of, place_of, read, total_before, with_digit


@given(st.dates(date(1900, 1, 1), date(2400, 1, 1)).map(monday_of))
def test_every_week_has_one_place_and_is_found_there_again(monday: date) -> None:
    year, place = place_of(monday)
    assert mondays_of(year)[place] == monday


def test_years_follow_one_another_without_a_gap_the_long_ones_too() -> None:
    mondays = [monday for year in range(2018, 2034) for monday in mondays_of(year)]
    assert {later - earlier for earlier, later in pairwise(mondays)} == {timedelta(weeks=1)}
    assert {year for year in range(2018, 2034) if len(mondays_of(year)) == LONGEST} == {2020, 2026, 2032}


def test_a_digit_is_written_in_its_place_and_read_there() -> None:
    year, place = place_of(date(2026, 12, 28))
    written = with_digit(NOTHING, place, 7)
    assert len(written) == LONGEST
    assert {monday: days for monday, days in read(year, written) if days} == {date(2026, 12, 28): 7}
    assert with_digit(written, place, 0) == NOTHING


@given(st.text("01234567", min_size=LONGEST, max_size=LONGEST), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_the_sum_of_what_came_before_is_the_sum_of_its_weeks(digits: str, day: date) -> None:
    digits = digits[: len(mondays_of(2026))].ljust(LONGEST, "0")
    monday = monday_of(day)
    assert total_before(2026, digits, monday) == sum(n for week, n in read(2026, digits) if week < monday)
