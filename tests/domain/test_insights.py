"""What a person's notes tell them is exact, says nothing of too little, and does not lean either way."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.naive_insights import naive_lately, naive_level, naive_middle, naive_sides, naive_way
from wellbeing.domain import insights
from wellbeing.domain.days import monday_of
from wellbeing.domain.emotions import EMOTIONS
from wellbeing.domain.insights import Value, Way, change_of, day_value, level_of, median, usual_words
from wellbeing.domain.moods import day_mood

TODAY = date(2026, 11, 25)  # a Wednesday
LEVELS = st.integers(1, 5)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), max_size=9)
DATES = st.integers(0, 130).map(lambda back: TODAY - timedelta(days=back))
MOODS = st.lists(st.tuples(DATES, LEVELS), max_size=60)
SESSIONS = st.lists(DATES, max_size=8)


def by_week(moods: list[tuple[date, int]]) -> dict[date, list[Value]]:
    """The values of the days noted, by Monday."""
    days: dict[date, list[int]] = {}
    for day, mood in moods:
        days.setdefault(day, []).append(mood)
    weeks: dict[date, list[Value]] = {}
    for day, of in days.items():
        weeks.setdefault(monday_of(day), []).append(day_value(sum(of), len(of)))
    return weeks


def met(sessions: list[date]) -> Counter[date]:
    return Counter(map(monday_of, sessions))


# --- before and after -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pairs", "way"),
    [
        ([], None),
        ([(1, 5), (1, 5)], None),
        ([(1, 5), (1, 5), (1, 5)], Way.UP),
        ([(3, 3), (3, 4), (3, 4)], Way.UP),
        ([(3, 3), (3, 3), (3, 4), (3, 4)], Way.UP),  # exactly one half
        ([(3, 3), (3, 3), (3, 2), (3, 2)], Way.DOWN),  # exactly one half, the other way
        ([(3, 3), (3, 3), (3, 3), (3, 4)], Way.SAME),
        ([(2, 1), (2, 3), (1, 1)], Way.SAME),
        ([(5, 1), (3, 4), (3, 4)], Way.UP),  # one bad evening is not what happens most often
        ([(1, 5), (4, 3), (4, 3)], Way.DOWN),
    ],
)
def test_two_sessions_say_nothing_and_from_three_the_middle_difference_does(
    pairs: list[tuple[int, int]], way: Way | None
) -> None:
    found = change_of(Counter(pairs))
    assert (found and found.way) == way
    assert found is None or found.count == len(pairs)


@given(PAIRS)
def test_a_change_is_what_the_prose_says(pairs: list[tuple[int, int]]) -> None:
    found = change_of(Counter(pairs))
    assert (found and found.way.value) == naive_way(pairs)
    if found:
        assert found.before == Counter(before for before, _ in pairs)
        assert found.after == Counter(after for _, after in pairs)


@given(PAIRS)
def test_up_and_down_are_told_by_the_same_measure(pairs: list[tuple[int, int]]) -> None:
    turned = change_of(Counter((after, before) for before, after in pairs))
    mirror = {Way.UP: Way.DOWN, Way.DOWN: Way.UP, Way.SAME: Way.SAME}
    found = change_of(Counter(pairs))
    assert (found and mirror[found.way]) == (turned and turned.way)


# --- middles ----------------------------------------------------------------------------------------------------------
@given(st.lists(st.fractions(1, 5, max_denominator=7), min_size=1))
def test_a_middle_is_exact(values: list[Fraction]) -> None:
    assert median(values) == naive_middle(values)
    assert isinstance(median(values), Fraction)


def test_nothing_has_no_middle() -> None:
    with pytest.raises(ValueError, match="no middle"):
        median([])


@given(st.lists(LEVELS, min_size=1, max_size=6))
def test_a_day_has_the_level_that_the_calendar_shows(moods: list[int]) -> None:
    value = day_value(sum(moods), len(moods))
    assert level_of(value) == naive_level(value) == day_mood(moods)


# --- weeks ------------------------------------------------------------------------------------------------------------
@given(MOODS, SESSIONS)
def test_weeks_with_and_without_a_session_are_what_the_prose_says(
    moods: list[tuple[date, int]], sessions: list[date]
) -> None:
    found = insights.with_and_without(by_week(moods), met(sessions), TODAY)
    seen = found and tuple((side.weeks, sum(side.days.values()), side.usual) for side in found)
    assert seen == naive_sides(moods, sessions, TODAY)


def test_it_takes_three_weeks_on_each_side_and_the_running_one_waits() -> None:
    mondays = [TODAY - timedelta(days=2, weeks=back) for back in range(7)]  # the first is the running week
    of_five: dict[date, list[Value]] = {monday: [3] for monday in mondays[:6]}
    assert insights.with_and_without(of_five, mondays[1:4], TODAY) is None
    found = insights.with_and_without(of_five | {mondays[6]: [1]}, mondays[1:4], TODAY)
    assert found is not None
    assert [side.weeks for side in found] == [3, 3]


@given(MOODS, SESSIONS)
def test_the_last_weeks_are_what_the_prose_says_and_gaps_are_gaps(
    moods: list[tuple[date, int]], sessions: list[date]
) -> None:
    told, found = naive_lately(moods, TODAY), insights.lately(by_week(moods), met(sessions), TODAY)
    if sum(level is not None for level in told) < 3:
        assert found is None
    else:
        assert found is not None
        assert [week.usual for week in found.weeks] == told
        assert found.weeks[-1].monday == TODAY - timedelta(days=2)
        in_reach = [day for day in sessions if day >= found.weeks[0].monday]
        assert sum(week.sessions for week in found.weeks) == len(in_reach)


# --- words ------------------------------------------------------------------------------------------------------------
def test_words_wait_for_five_notes() -> None:
    assert usual_words({"joy": 4}, 4) == []
    assert usual_words({"joy": 5}, 5) == [("joy", 5)]


def test_of_words_as_frequent_the_pleasant_one_is_said_first() -> None:
    times = dict.fromkeys(("mixed", "stress", "sadness", "trust", "joy", "fear"), 2)
    assert [word for word, _ in usual_words(times | {"anger": 3}, 9)] == ["anger", "joy", "trust", "stress", "fear"]


@given(st.dictionaries(st.sampled_from(EMOTIONS), st.integers(1, 9)), st.randoms())
def test_the_five_words_do_not_depend_on_the_order_of_arrival(times: dict[str, int], chance: object) -> None:
    shuffled = list(times.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = usual_words(dict(shuffled), 9)
    assert found == usual_words(times, 9)
    assert [n for _, n in found] == sorted(times.values(), reverse=True)[:5]
