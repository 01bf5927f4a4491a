"""T3, T4, T5, T11, T12: what one person's value is, when nothing is shown, and how what is shown is rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.trend_law import BOTH_MODES, named
from wellbeing.domain.figures import (
    EXPERIENCE,
    ITEMS,
    LIFT,
    MOOD,
    PROFILE,
    QUALITY,
    Item,
    Lived,
    experience_rule,
    lift_rule,
    mood_rule,
    profile_rule,
    size_rule,
    value,
)
from wellbeing.domain.trends import Published, Withheld, nearest, release

DAY = date(2026, 9, 7)
SIZE = PROFILE[-1]


def moods(*days: Sequence[int]) -> Lived:
    return Lived({DAY + timedelta(n): day for n, day in enumerate(days)}, [])


def told(*reflections: Mapping[str, int]) -> Lived:
    return Lived({}, reflections)


# --- T3, T11 ----------------------------------------------------------------------------------------------------------
@given(st.sampled_from(BOTH_MODES), st.data())
def test_a_trend_is_published_only_for_a_crowd(item: Item, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(item.lo, item.hi), max_size=item.k - 1))
    assert release(item, values, Random(1).randrange) == Withheld()
    crowd = values + [item.lo] * (item.k - len(values))
    assert isinstance(release(item, crowd, Random(1).randrange), Published)


def test_what_is_withheld_carries_nothing() -> None:
    assert vars(Withheld()) == {}
    assert set(vars(Published(30, 5))) == {"level", "band"}


@pytest.mark.parametrize(
    ("item", "bands"),
    [
        (MOOD, {5: 5, 9: 5, 10: 10, 15: 10, 16: 16, 40: 16}),
        (LIFT, {5: 5, 9: 5, 10: 10, 15: 10, 16: 16}),
        (EXPERIENCE, {5: 5, 9: 5, 10: 10, 15: 10, 16: 16}),
        (PROFILE[0], {8: 8, 15: 8, 16: 16}),
        (SIZE, {8: 8, 15: 8, 16: 16}),
        *((item.reinforced(), {10: 10, 15: 10, 16: 16}) for item in ITEMS),
    ],
    ids=lambda x: named(x) if isinstance(x, Item) else "",
)
def test_contributors_are_shown_as_a_band_and_never_as_a_number(item: Item, bands: dict[int, int]) -> None:
    for n, band in bands.items():
        row = release(item, [item.lo] * n, Random(n).randrange)
        assert isinstance(row, Published)
        assert (row.band, row.level in item.levels) == (band, True)


def test_the_items_are_those_of_the_design() -> None:
    assert [item.name for item in ITEMS] == [
        "mood", "lift", "experience", "profile.interaction", "profile.cooperation", "profile.exchange",
        "profile.safety", "profile.return", "profile.belong", "profile.size",
    ]  # fmt: skip
    assert [(i.days, i.lo, i.hi, i.k, i.eps) for i in (MOOD, LIFT, EXPERIENCE, PROFILE[0], SIZE)] == [
        (14, 20, 40, 5, 2), (28, -10, 10, 5, 2), (28, 30, 50, 5, 2), (84, 30, 50, 8, 1), (84, -10, 10, 8, 1),
    ]  # fmt: skip
    assert all(item.unit == 20 for item in BOTH_MODES)
    assert all((i.reinforced().k, i.reinforced().eps) == (10, 1) for i in ITEMS)
    assert MOOD.levels == (20, 25, 30, 35, 40)
    assert SIZE.levels == (-5, 0, 5)


# --- T4 ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("mean", "tenths"), [("2.45", 24), ("2.55", 26), ("3.249", 32), ("1", 20), ("5", 40)])
def test_a_value_is_rounded_half_to_even_and_then_clipped(mean: str, tenths: int) -> None:
    exact = Fraction(mean)
    item = Item("any", 14, 20, 40, (20, 40), 5, 2, (5,), lambda _: exact)
    assert value(item, moods()) == tenths


def test_half_a_tenth_below_nothing_is_rounded_to_even_too() -> None:
    item = Item("any", 14, -10, 10, (-5, 5), 5, 2, (5,), lambda _: Fraction(-1, 4))
    assert value(item, moods()) == -2


@pytest.mark.parametrize(
    ("item", "total", "n", "level"),
    [
        (MOOD, 225, 10, 20),  # 22.5
        (MOOD, 226, 10, 25),
        (MOOD, -4_000, 5, 20),
        (MOOD, 4_000, 5, 40),
        (LIFT, -25, 10, -5),  # −2.5
        (LIFT, 25, 10, 0),  # +2.5
        (LIFT, 26, 10, 5),
        (SIZE, 25, 10, 0),
        (EXPERIENCE, 325, 10, 30),
        (EXPERIENCE, 475, 10, 45),
    ],
    ids=lambda x: x.name if isinstance(x, Item) else str(x),
)
def test_a_group_is_never_rounded_up(item: Item, total: int, n: int, level: int) -> None:
    assert nearest(total, n, item.levels) == level


@given(st.sampled_from(ITEMS), st.integers(1, 40), st.integers(-5_000, 5_000))
def test_no_level_is_nearer_than_the_one_shown(item: Item, n: int, total: int) -> None:
    shown = nearest(total, n, item.levels)
    mean = Fraction(total, n)
    assert abs(shown - mean) == min(abs(level - mean) for level in item.levels)
    assert not [level for level in item.levels if level < shown and abs(level - mean) == abs(shown - mean)]


# --- T5 ---------------------------------------------------------------------------------------------------------------
def test_several_moods_a_day_weigh_one_day() -> None:
    assert mood_rule(moods([1, 1, 1, 1], [5], [3])) == 3
    assert mood_rule(moods([2, 3], [3], [4])) == Fraction(19, 6)


def test_two_days_are_too_few() -> None:
    assert mood_rule(moods([1, 1, 1, 1], [5, 5, 5])) is None
    assert mood_rule(moods([1], [5], [])) is None
    assert value(MOOD, moods()) is None


def test_a_one_sided_pair_is_no_pair() -> None:
    assert lift_rule(told({"mood_before": 2}, {"mood_after": 5}, {"mood_before": 2, "calm_after": 5}, {})) is None


def test_mood_only_and_calm_only_pairs_count() -> None:
    assert lift_rule(told({"mood_before": 2, "mood_after": 3})) == 1
    assert lift_rule(told({"calm_before": 4, "calm_after": 3, "mood_after": 5})) == -1
    both = {"mood_before": 2, "mood_after": 4, "calm_before": 3, "calm_after": 2}
    assert lift_rule(told(both)) == Fraction(1, 2)
    assert lift_rule(told(both, {"mood_before": 3, "mood_after": 3}, {"mood_before": 1})) == Fraction(1, 4)


def test_two_of_four_quality_answers_are_too_few() -> None:
    two = {"interaction": 5, "cooperation": 5}
    three = {"interaction": 5, "cooperation": 4, "safety": 3}
    assert experience_rule(told(two)) is None
    assert experience_rule(told(two, three)) == 4
    assert experience_rule(told(three, {**three, "exchange": 2})) == Fraction(15, 4)


def test_what_was_not_answered_is_absent_and_never_nothing() -> None:
    assert profile_rule("return")(told({"return": 4}, {"belong": 1}, {"return": 5})) == Fraction(9, 2)
    assert profile_rule("return")(told({"belong": 1})) is None
    assert size_rule(told({"size": 1}, {}, {"size": 3}, {"size": 3})) == Fraction(1, 3)
    assert size_rule(told({})) is None


def test_moods_never_feed_the_other_items_nor_reflections_the_mood() -> None:
    reflection = {"mood_before": 1, "mood_after": 5, **dict.fromkeys(("interaction", "cooperation", "exchange"), 5)}
    assert value(MOOD, told(*[reflection] * 9)) is None
    assert [item.name for item in ITEMS if value(item, moods([1], [2], [3])) is not None] == ["mood"]


# --- T12 --------------------------------------------------------------------------------------------------------------
moments = ["mood_before", "mood_after", "calm_before", "calm_after"]
answers = st.sampled_from([*moments, *QUALITY, "return", "belong"])
reflections = st.lists(st.dictionaries(answers, st.integers(1, 5)), max_size=6)
days = st.dictionaries(
    st.dates(DAY, DAY + timedelta(27)), st.lists(st.integers(1, 5), min_size=1, max_size=4), max_size=8
)


@given(days, reflections, st.randoms(use_true_random=False))
def test_the_order_of_entries_and_reflections_changes_nothing(
    logged: dict[date, list[int]], said: list[dict[str, int]], chance: Random
) -> None:
    before = [value(item, Lived(logged, said)) for item in ITEMS]
    shuffled = {day: chance.sample(logged[day], len(logged[day])) for day in chance.sample(list(logged), len(logged))}
    assert [value(item, Lived(shuffled, chance.sample(said, len(said)))) for item in ITEMS] == before


@given(st.lists(st.integers(20, 40), min_size=5, max_size=20), st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_order_of_persons_changes_nothing(values: list[int], seed: int, chance: Random) -> None:
    shuffled = chance.sample(values, len(values))
    assert release(MOOD, shuffled, Random(seed).randrange) == release(MOOD, values, Random(seed).randrange)
