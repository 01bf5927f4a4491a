"""A point is what the questions say and nothing else; a skipped answer is none; dates come at their interval."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.questionnaires import Calendar, Instrument, Scoring, calendar_of, nearest

DAY, FOUR_WEEKS = timedelta(days=1), timedelta(days=28)
MONDAY = date(2026, 3, 2)


def instrument(scoring: Scoring, items: int, options: tuple[int, ...], times: int = 1, small: int = 1) -> Instrument:
    return Instrument("x", "1", FOUR_WEEKS, tuple(map(str, range(items))), options, scoring, times, small)


REPERES = instrument(Scoring.SUM, 5, (0, 1, 2, 3, 4), times=5, small=10)
LIEN = instrument(Scoring.MEAN, 3, (1, 2, 3, 4, 5))
ONE = instrument(Scoring.WORD, 1, (1, 2, 3, 4, 5))


def answered(*values: int | None) -> dict[str, int | None]:
    return {str(item): value for item, value in enumerate(values)}


@pytest.mark.parametrize(
    ("of", "values", "point"),
    [
        (REPERES, (0, 0, 0, 0, 0), 0),
        (REPERES, (4, 4, 4, 4, 4), 100),
        (REPERES, (1, 2, 3, 2, 1), 45),
        (LIEN, (1, 2, 2), Fraction(5, 3)),
        (LIEN, (5, 5, 5), 5),
        (ONE, (2,), 2),
    ],
)
def test_a_point_is_made_of_its_answers(of: Instrument, values: tuple[int, ...], point: Fraction) -> None:
    assert of.point_of(answered(*values)) == point


@pytest.mark.parametrize("of", [REPERES, LIEN, ONE])
@given(data=st.data())
def test_one_skipped_answer_is_no_point_and_never_a_nought_nor_the_middle(of: Instrument, data: st.DataObject) -> None:
    values: list[int | None] = [data.draw(st.sampled_from(of.options)) for _ in of.items]
    assert of.point_of(answered(*values)) is not None
    skipped = data.draw(st.integers(0, len(values) - 1))
    values[skipped] = None
    assert of.point_of(answered(*values)) is None
    assert of.point_of({item: v for item, v in answered(*values).items() if v is not None}) is None


@given(st.lists(st.integers(0, 4), min_size=5, max_size=5), st.integers(0, 4))
def test_a_higher_answer_never_lowers_the_point_and_all_points_lie_on_the_line(values: list[int], item: int) -> None:
    point = REPERES.point_of(answered(*values))
    assert point is not None
    assert REPERES.lowest <= point <= REPERES.highest
    values[item] = 4
    higher = REPERES.point_of(answered(*values))
    assert higher is not None
    assert higher >= point


@given(st.lists(st.integers(1, 5), min_size=3, max_size=3))
def test_a_mean_is_said_between_two_neighbouring_words(values: list[int]) -> None:
    point = LIEN.point_of(answered(*values))
    assert point is not None
    low, high = nearest(point, LIEN.options)
    assert low <= point <= high
    assert high - low == (0 if point.denominator == 1 else 1)


def test_less_than_ten_apart_is_about_the_same() -> None:
    assert REPERES.about_the_same(Fraction(50), Fraction(55))
    assert not REPERES.about_the_same(Fraction(50), Fraction(60))


def test_points_are_joined_only_when_no_planned_date_between_them_is_empty() -> None:
    for days, joined in ((28, True), (41, True), (55, True), (56, False), (84, False)):
        assert REPERES.joined(MONDAY, MONDAY + days * DAY) is joined


# --- when -------------------------------------------------------------------------------------------------------------
def test_a_check_up_waits_fourteen_days_then_goes_until_the_next_date() -> None:
    calendar = calendar_of(REPERES, MONDAY, None)
    waits = [(MONDAY + n * DAY) for n in range(-3, 60) if calendar.is_ready(MONDAY + n * DAY)]
    assert waits == [MONDAY + n * DAY for n in [*range(14), *range(28, 42), *range(56, 60)]]
    assert calendar.next_after(MONDAY - DAY) == MONDAY
    assert calendar.next_after(MONDAY) == MONDAY + FOUR_WEEKS
    assert calendar.next_after(MONDAY + 27 * DAY) == MONDAY + FOUR_WEEKS


def test_an_answer_is_asked_again_one_interval_later() -> None:
    calendar = calendar_of(REPERES, MONDAY, MONDAY + 3 * DAY)
    assert calendar.first == MONDAY + 31 * DAY


@given(st.integers(-400, 400), st.integers(15, 200))
def test_the_next_date_is_always_ahead_and_never_further_than_an_interval(ago: int, every: int) -> None:
    calendar = Calendar(MONDAY, every * DAY)
    today = MONDAY + ago * DAY
    ahead = calendar.next_after(today)
    assert ahead > today
    assert ahead - today <= every * DAY or ahead == MONDAY
    assert (ahead - MONDAY) % (every * DAY) == timedelta(0)
    assert calendar.is_ready(ahead)
