"""What headcounts and published levels say together: by a table worked out by hand, and whatever the numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain import indicators, sizes
from wellbeing.domain.indicators import Count, Dated, Size, Told
from wellbeing.domain.sizes import Split
from wellbeing.domain.trends import EXPERIENCE, LIFT, Block, Published, Withheld, blocks

FIRST = date(2026, 9, 7)
WEEK = timedelta(weeks=1)
SEASON = [(8, 2, 8), (10, 1, 3), (9, 0, 0), (12, 2, 4), (7, 1, 0)]  # present, without a phone, newcomers


def counted(*numbers: tuple[int, int, int], start: date = FIRST) -> list[Count]:
    """A workshop a week of 90 minutes; the first one is the first the group ever held."""
    return [Count(start + n * WEEK, 90, *three, first=n == 0) for n, three in enumerate(numbers)]


def levels(
    *found: int | None, start: date = date(2026, 1, 26), days: int = 28
) -> list[tuple[Block, Published | Withheld]]:
    """Adjoining blocks, oldest first, with the level published of each, in tenths."""
    return [
        (Block(start + timedelta(days=days * n), days), Withheld() if level is None else Published(level, 5))
        for n, level in enumerate(found)
    ]


WORKED_OUT = [
    # held so far: attendances, newcomers, hours, size, % without a phone, % who had come before, returns in ten
    (0, None, None, None, None, None, None, None),
    (1, 8, 8, 1, None, None, None, None),  # 1 h 30 is 1 hour: a tie goes down
    (2, 18, 11, 3, None, None, None, None),
    (3, 27, 11, 4, Size(9, 8, 10), 11, None, None),  # 3 of 27; 4 h 30 is 4
    (4, 39, 15, 6, Size(9, 8, 12), 13, 77, 9),  # 5 of 39; 24 of 31 not new; 24 heads against 27 the week before
    (5, 46, 15, 7, Size(9, 7, 12), 13, 82, 8),  # 6 of 46; 31 of 38; 31 against 39
]


@pytest.mark.parametrize(("held", "came", "new", "hours", "size", "no_phone", "regulars", "back"), WORKED_OUT)
def test_a_season_worked_out_by_hand(
    held: int,
    came: int | None,
    new: int | None,
    hours: int | None,
    size: Size | None,
    no_phone: int | None,
    regulars: int | None,
    back: int | None,
) -> None:
    counts = counted(*SEASON[:held])
    assert indicators.attendances(counts) == came
    assert indicators.newcomers(counts) == new
    assert indicators.hours(counts) == hours
    assert indicators.size(counts) == size
    assert indicators.no_phone(counts) == no_phone
    assert indicators.regulars_share(counts) == regulars
    assert indicators.return_rate(counts) == back


def test_of_two_middle_sizes_the_lower_one_is_said() -> None:
    assert indicators.size(counted((6, 0, 0), (9, 0, 0), (7, 0, 0), (12, 0, 0))) == Size(7, 6, 12)


def test_a_holiday_between_two_workshops_changes_nothing() -> None:
    counts = counted(*SEASON)
    apart = [*counts[:2], *(Count(c.day + 4 * WEEK, 90, c.present, c.without_phone, c.newcomers) for c in counts[2:])]
    assert indicators.return_rate(apart) == indicators.return_rate(counts)


def test_more_heads_than_the_week_before_are_ten_in_ten_at_most() -> None:
    assert indicators.return_rate(counted((4, 0, 4), (8, 0, 0), (9, 0, 0), (12, 0, 0))) == 10


def test_workshops_where_nobody_came_divide_nothing() -> None:
    empty = counted(*[(0, 0, 0)] * 5)
    assert (indicators.no_phone(empty), indicators.regulars_share(empty), indicators.return_rate(empty)) == (None,) * 3
    assert indicators.cost(900, empty) is None


def test_a_later_season_leaves_no_workshop_out() -> None:
    later = [Count(c.day, c.minutes, c.present, c.without_phone, c.newcomers) for c in counted(*SEASON)]
    assert indicators.regulars_share(later) == 67  # 31 of 46


def test_a_cost_is_shown_of_a_budget_and_attendances() -> None:
    counts = counted(*SEASON)
    assert [indicators.cost(budget, counts) for budget in (None, 0, 460, 500)] == [None, 0, 10, 11]


def test_only_what_took_place_and_was_counted_is_held() -> None:
    [count] = counted((5, 0, 0))
    dates = [
        Dated(FIRST, "Danse", cancelled=False, past=True, count=count),
        Dated(FIRST + WEEK, "Danse", cancelled=True, past=True, count=None),
        Dated(FIRST + 2 * WEEK, "Danse", cancelled=False, past=True, count=None),
        Dated(FIRST + 3 * WEEK, "Danse", cancelled=False, past=False, count=None),
    ]
    assert indicators.held(dates) == [count]


# --- levels -----------------------------------------------------------------------------------------------------------
def test_published_and_closed_blocks_are_told_apart() -> None:
    assert indicators.published(levels()) is None
    assert indicators.published(levels(None)) == Told(0, 1)
    assert indicators.published(levels(30, None, 35)) == Told(2, 3)


@pytest.mark.parametrize(
    ("found", "middle"),
    [((), None), ((None, None), None), ((30,), 30), ((30, 40), 30), ((40, None, 30, 35), 35), ((45, 30, 40, 35), 35)],
)
def test_the_middle_level_is_the_lower_of_two(found: Sequence[int | None], middle: int | None) -> None:
    assert indicators.middle_level(levels(*found)) == middle


def test_blocks_of_lift_are_counted_above_the_same_and_below() -> None:
    found = indicators.sides(levels(-10, -5, 0, 0, None, 5, 10, 10))
    assert found is not None
    assert (found.above, found.same, found.below) == (3, 2, 2)
    assert indicators.sides(levels(None)) is None


def test_no_direction_is_spoken_of_before_four_figures() -> None:
    assert not indicators.directed(levels(30, 30, None, 30))
    assert indicators.directed(levels(30, 30, None, 30, 30))


def test_the_latest_figure_is_the_latest_published_one() -> None:
    rows = levels(30, 35, None)
    assert indicators.latest(rows) == (rows[1][0], 35)
    assert indicators.latest(levels(None)) is None


def test_only_blocks_wholly_inside_are_counted() -> None:
    rows = levels(30, 35, 40)
    [first, second, _] = [block for block, _ in rows]
    last_day = second.end - timedelta(1)
    assert indicators.within(rows, first.start, last_day) == rows[:2]
    assert indicators.within(rows, first.start, last_day - timedelta(1)) == rows[:1]
    assert indicators.within(rows, first.start + timedelta(1), last_day) == rows[1:2]


# --- size beside experience -------------------------------------------------------------------------------------------
SIZES = (9, 8, 14, 10, 15, 16)
BESIDE = (40, 45, 35, 40, 30, 35)


def test_six_periods_are_shown_beside_their_size_and_parted_at_the_middle() -> None:
    rows = levels(*BESIDE)
    counts = [Count(block.start, 90, size, 0, 0) for (block, _), size in zip(rows, SIZES, strict=True)]
    dots = sizes.size_experience(rows, counts)
    assert dots is not None
    assert [(dot.size, dot.level) for dot in dots] == [(8, 45), (9, 40), (10, 40), (14, 35), (15, 30), (16, 35)]
    assert sizes.split(dots) == Split(size=10, above=35, otherwise=40)
    assert sizes.size_experience(rows[:5], counts) is None
    assert sizes.size_experience(rows, counts[:5]) is None


def test_without_three_periods_on_each_side_nothing_is_compared() -> None:
    rows = levels(*BESIDE)
    counts = [Count(block.start, 90, 9, 0, 0) for block, _ in rows]
    dots = sizes.size_experience(rows, counts)
    assert dots is not None
    assert sizes.split(dots) is None
    assert sizes.split([]) is None


# --- whatever the numbers are -----------------------------------------------------------------------------------------
def _three(present: int) -> st.SearchStrategy[tuple[int, int, int]]:
    return st.tuples(st.just(present), st.integers(0, present), st.integers(0, present))


SEASONS = st.lists(st.integers(0, 500).flatmap(_three), max_size=60).map(lambda numbers: counted(*numbers))
LEVELS = st.lists(st.sampled_from([None, *EXPERIENCE.levels]), max_size=40)


@given(SEASONS)
def test_shares_stay_within_their_bounds_and_wait_for_their_threshold(counts: list[Count]) -> None:
    for share, most, least in (
        (indicators.no_phone(counts), 100, 3),
        (indicators.regulars_share(counts), 100, 4),
        (indicators.return_rate(counts), 10, 4),
    ):
        assert share is None or (0 <= share <= most and len(counts) >= least)
    found = indicators.size(counts)
    assert (found is not None) == (len(counts) >= 3)
    assert found is None or found.smallest <= found.median <= found.largest


@given(SEASONS, st.randoms(use_true_random=False))
def test_the_order_in_which_counts_arrive_changes_nothing(counts: list[Count], chance: object) -> None:
    mixed = list(counts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    for of in (indicators.size, indicators.no_phone, indicators.regulars_share, indicators.return_rate):
        assert of(mixed) == of(counts)  # type: ignore[operator]


@given(LEVELS)
def test_a_missing_level_is_never_a_level(found: list[int | None]) -> None:
    rows, known = levels(*found), [level for level in found if level is not None]
    assert (indicators.published(rows) or Told(0, 0)) == Told(len(known), len(found))
    middle = indicators.middle_level(rows)
    assert middle is None if not known else middle in known
    assert middle is None or sum(level < middle for level in known) * 2 <= len(known)


@given(LEVELS, SEASONS)
def test_a_dot_is_a_published_block_that_was_counted(found: list[int | None], counts: list[Count]) -> None:
    rows = levels(*found, start=FIRST)
    dots = sizes.size_experience(rows, counts) or []
    assert len(dots) == 0 or len(dots) >= 6
    assert [dot.size for dot in dots] == sorted(dot.size for dot in dots)
    for dot in dots:
        assert (dot.block, Published(dot.level, 5)) in rows
        assert dot.size in [c.present for c in counts if dot.block.start <= c.day < dot.block.end]


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 400))
def test_every_block_within_a_period_lies_wholly_in_it(first: date, days: int) -> None:
    last = first + timedelta(days)
    rows = [(block, Withheld()) for block in blocks(LIFT, date(2024, 6, 1), date(2027, 6, 1))]
    inside = {block for block, _ in indicators.within(rows, first, last)}
    assert inside == {block for block, _ in rows if first <= block.start and block.end - timedelta(1) <= last}
