"""When two weeks look heavy: the two rules to the letter, and a reference written separately."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.gentle import Felt, looks_heavy

TODAY = date(2026, 3, 11)
DAY = timedelta(days=1)


def days(*moods: int, last: date = TODAY) -> list[Felt]:
    """One entry a day, latest first, ending on this day."""
    return [(last - ago * DAY, mood) for ago, mood in enumerate(moods)]


@pytest.mark.parametrize(
    ("moods", "heavy"),
    [
        ((2, 2, 2, 2, 2, 3, 3, 3), True),  # five low days of eight
        ((2, 2, 2, 2, 2, 3, 3, 3, 3), False),  # of nine
        ((2, 2, 2, 2), False),  # four of four
        ((2, 2, 2, 2, 2), True),
        ((1, 1, 1), True),
        ((1, 2, 1), False),
        ((1, 1), False),
        ((1, 1, 2, 1), False),
        ((), False),
        ((5, 5, 5), False),
    ],
)
def test_the_two_rules_hold_to_the_letter(moods: tuple[int, ...], heavy: bool) -> None:
    assert looks_heavy(days(*moods), TODAY) is heavy


def test_a_day_is_low_by_the_mean_of_its_moods() -> None:
    mixed = [(day, mood) for day, _ in days(2, 2, 2, 2, 2) for mood in (1, 4)]  # two and a half each day
    assert not looks_heavy(mixed, TODAY)
    even = [(day, mood) for day, _ in days(2, 2, 2, 2, 2) for mood in (3, 1)]  # two each day
    assert looks_heavy(even, TODAY)


def test_three_latest_entries_of_one_day_are_three() -> None:
    assert looks_heavy([(TODAY, 1), (TODAY, 1), (TODAY, 1), (TODAY, 5)], TODAY)


def test_nothing_outside_the_window_counts() -> None:
    assert looks_heavy(days(2, 2, 2, 2, 2, last=TODAY - 9 * DAY), TODAY)
    assert not looks_heavy(days(2, 2, 2, 2, 2, last=TODAY - 10 * DAY), TODAY)
    assert looks_heavy(days(1, 1, 1, last=TODAY - 11 * DAY), TODAY)
    assert not looks_heavy(days(1, 1, 1, last=TODAY - 12 * DAY), TODAY)
    assert not looks_heavy(days(1, 1, 1, last=TODAY + 3 * DAY), TODAY)


LIVES = st.lists(st.tuples(st.integers(-3, 20), st.integers(1, 5)), max_size=40).map(
    lambda found: [(TODAY - ago * DAY, mood) for ago, mood in sorted(found)]
)


def naive(entries: list[Felt]) -> bool:
    """Both rules as they are written, without a thought for speed."""
    window = [TODAY - n * DAY for n in range(14)]
    by_day = defaultdict(list)
    for day, mood in entries:
        if day in window:
            by_day[day].append(mood)
    low = [day for day, moods in by_day.items() if Fraction(sum(moods), len(moods)) <= 2]
    rule_a = len(low) >= 5 and Fraction(len(low), len(by_day)) >= Fraction(60, 100)
    lived = [(day, mood) for day, mood in entries if day <= TODAY]
    rule_b = len(lived) >= 3 and all(mood == 1 and day in window for day, mood in lived[:3])
    return rule_a or rule_b


@given(LIVES)
def test_it_agrees_with_the_rules_as_they_are_written(entries: list[Felt]) -> None:
    assert looks_heavy(entries, TODAY) is naive(entries)


@given(LIVES, st.integers(3, 5))
def test_whoever_is_never_low_never_meets_it(entries: list[Felt], mood: int) -> None:
    assert not looks_heavy([(day, max(mood, felt)) for day, felt in entries], TODAY)


@given(LIVES)
def test_what_lies_outside_the_window_changes_nothing(entries: list[Felt]) -> None:
    within = [(day, mood) for day, mood in entries if TODAY - 13 * DAY <= day <= TODAY]
    assert looks_heavy(entries, TODAY) is looks_heavy(within, TODAY)
