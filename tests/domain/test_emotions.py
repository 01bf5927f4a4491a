"""Emotion words are a contract: known, at most three, each once."""

import pytest

from wellbeing.domain.emotions import EMOTIONS, MIXED, QUADRANTS, checked, quadrants_for
from wellbeing.domain.moods import LEVELS
from wellbeing.domain.refusals import Refusal, RepeatedEmotion, TooManyEmotions, UnknownEmotion

CONTRACT = (
    "stress worry irritation anger fear frustration joy enthusiasm drive pride amusement curiosity sadness tiredness "
    "loneliness boredom discouragement emptiness calmness serenity tenderness gratitude relief trust mixed"
)


def test_the_words_and_their_order_are_the_contract() -> None:
    assert " ".join(EMOTIONS) == CONTRACT
    assert [len(quadrant.emotions) for quadrant in QUADRANTS] == [6, 6, 6, 6]
    assert EMOTIONS[-1] == MIXED


def test_words_are_kept_in_the_order_they_were_chosen() -> None:
    assert checked(["trust", "joy", "mixed"]) == ("trust", "joy", "mixed")
    assert checked([]) == ()


@pytest.mark.parametrize(
    ("ids", "refusal"),
    [
        (["joie"], UnknownEmotion),
        (["JOY"], UnknownEmotion),
        ([""], UnknownEmotion),
        (["joy", "joy\x00"], UnknownEmotion),
        (["joy", "joy"], RepeatedEmotion),
        (["joy", "trust", "relief", "calmness"], TooManyEmotions),
        (list(EMOTIONS), TooManyEmotions),
    ],
)
def test_unknown_repeated_or_too_many_words_are_refused_by_name(ids: list[str], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        checked(ids)
    assert refused.value.field == "emotions"


@pytest.mark.parametrize(
    ("mood", "first"),
    [(1, "high_unpleasant"), (2, "low_unpleasant"), (3, "low_pleasant"), (4, "low_pleasant"), (5, "high_pleasant")],
)
def test_the_nearest_quadrant_comes_first(mood: int, first: str) -> None:
    assert quadrants_for(mood)[0].key == f"quad.{first}"


@pytest.mark.parametrize("mood", LEVELS)
@pytest.mark.parametrize("energy", [None, *LEVELS])
def test_all_four_quadrants_can_always_be_reached(mood: int, energy: int | None) -> None:
    offered = quadrants_for(mood, energy)
    assert set(offered) == set(QUADRANTS)
    if mood != 3:
        assert offered[0].pleasantness == (1 if mood > 3 else -1)
    if energy in (1, 2, 4, 5):
        assert offered[0].energy == (1 if energy > 3 else -1)
