"""Moods are five levels, and a day is shown with the nearest one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.moods import CALM, ENERGY, LEVELS, MOOD, Scale, day_mood, is_low
from wellbeing.domain.refusals import MoodOutOfRange

moods = st.lists(st.sampled_from(LEVELS), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ([3], 3),
        ([1, 2], 2),
        ([2, 3], 3),
        ([3, 4], 3),
        ([4, 5], 4),
        ([1, 5], 3),
        ([1, 1, 2], 1),
        ([4, 5, 5], 5),
        ([2, 2, 2, 3], 2),
    ],
)
def test_a_day_is_shown_with_the_nearest_mood_and_leans_to_the_middle(written: list[int], level: int) -> None:
    assert day_mood(written) == level


@given(moods)
def test_no_level_is_nearer_than_the_one_shown(written: list[int]) -> None:
    mean = Fraction(sum(written), len(written))
    assert abs(day_mood(written) - mean) == min(abs(level - mean) for level in LEVELS)


@given(moods)
def test_the_order_of_a_day_does_not_matter_and_turning_it_upside_down_turns_the_level(written: list[int]) -> None:
    assert day_mood(written[::-1]) == day_mood(written)
    assert day_mood([6 - mood for mood in written]) == 6 - day_mood(written)


def test_a_day_with_no_mood_has_no_level() -> None:
    with pytest.raises(ValueError, match="no level"):
        day_mood([])


@pytest.mark.parametrize("scale", [MOOD, ENERGY, CALM])
def test_every_level_of_a_scale_has_its_words(scale: Scale) -> None:
    assert [scale.key(level) for level in LEVELS] == [f"{scale.name}.{level}" for level in LEVELS]
    assert scale.question == f"{scale.name}.q"


@pytest.mark.parametrize("scale", [MOOD, ENERGY, CALM])
@pytest.mark.parametrize("typed", [0, 6, -1, True, "0", "6", "", " 3", "3.0", "03", "٣", "trois", "1\x00", 10**40])
def test_anything_but_one_to_five_is_refused_beside_its_field(scale: Scale, typed: int | str) -> None:
    with pytest.raises(MoodOutOfRange) as refused:
        scale.checked(typed)
    assert refused.value.field == scale.name


def test_a_level_is_read_from_a_form_or_from_a_number() -> None:
    assert MOOD.checked("4") == MOOD.checked(4) == 4


def test_a_low_mood_is_one_or_two() -> None:
    assert [is_low(mood) for mood in LEVELS] == [True, True, False, False, False]
