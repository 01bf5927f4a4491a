"""What is asked before and after a workshop, when, and what the answers come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from wellbeing.domain import reflections
from wellbeing.domain.reflections import Part
from wellbeing.domain.refusals import AnswersClosed, AnswersNotYetOpen, BelongAndSize, MoodOutOfRange

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 in Paris, half an hour before its clocks go forward
END = START + timedelta(minutes=90)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
ALL = dict.fromkeys(("mood", "calm", "interaction", "cooperation", "exchange", "safety", "return"), 3)


@pytest.mark.parametrize(
    ("part", "said", "answers"),
    [
        (Part.BEFORE, {"mood": 1, "calm": "5"}, {"mood": 1, "calm": 5}),
        (Part.BEFORE, {"mood": "", "calm": None}, {}),
        (Part.BEFORE, {"mood": 4, "safety": 9}, {"mood": 4}),  # no question of that part
        (Part.AFTER, ALL | {"belong": 5}, ALL | {"belong": 5}),
        (Part.AFTER, ALL | {"size": "3", "belong": ""}, ALL | {"size": 3}),
        (Part.AFTER, {"return": "1"}, {"return": 1}),
    ],
)
def test_every_question_may_be_passed_and_passing_is_no_number(
    part: Part, said: dict[str, Any], answers: dict[str, int]
) -> None:
    assert reflections.checked(part, said) == answers


@pytest.mark.parametrize(
    "field", ["mood", "calm", "interaction", "cooperation", "exchange", "safety", "return", "belong"]
)
@pytest.mark.parametrize("level", [0, 6, "0", "6", "trois", "3.0", True, "٣", -1])
def test_there_are_five_answers_and_no_other(field: str, level: Any) -> None:
    with pytest.raises(MoodOutOfRange) as refused:
        reflections.checked(Part.AFTER, {field: level})
    assert refused.value.field == field


@pytest.mark.parametrize("level", [0, 4, "5"])
def test_a_group_is_too_small_right_or_too_big(level: Any) -> None:
    with pytest.raises(MoodOutOfRange):
        reflections.checked(Part.AFTER, {"size": level})


def test_of_the_two_that_take_turns_one_is_answered() -> None:
    with pytest.raises(BelongAndSize):
        reflections.checked(Part.AFTER, {"belong": 3, "size": 2})
    assert [reflections.asked_by_turns(rank) for rank in range(1, 5)] == ["belong", "size", "belong", "size"]


@pytest.mark.parametrize(
    ("part", "at", "refused"),
    [
        (Part.BEFORE, START - 60 * MINUTE - SECOND, AnswersNotYetOpen),
        (Part.BEFORE, START - 60 * MINUTE, None),
        (Part.BEFORE, START, None),
        (Part.BEFORE, END, None),
        (Part.BEFORE, END + SECOND, AnswersClosed),
        (Part.AFTER, START - SECOND, AnswersNotYetOpen),
        (Part.AFTER, START, None),
        (Part.AFTER, END + timedelta(hours=48), None),
        (Part.AFTER, END + timedelta(hours=48) + SECOND, AnswersClosed),
    ],
)
def test_before_ends_with_the_workshop_and_after_begins_with_it(
    part: Part, at: datetime, refused: type[Exception] | None
) -> None:
    assert reflections.is_open(part, START, END, at) is (refused is None)
    if refused is None:
        reflections.check_open(part, START, END, at)
    else:
        with pytest.raises(refused):
            reflections.check_open(part, START, END, at)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"mood": 1, "calm": 5}, {"mood": 5, "calm": 1}, {"mood": 4, "calm": -4}),
        ({"mood": 3}, {"mood": 3, "calm": 1}, {"mood": 0}),
        ({"calm": 3}, {"mood": 3}, {}),
        ({}, ALL, {}),
    ],
)
def test_a_change_needs_both_ends(before: dict[str, int], after: dict[str, int], changes: dict[str, int]) -> None:
    assert reflections.changes(before, after) == changes


@pytest.mark.parametrize(
    ("after", "experience"),
    [
        ({"interaction": 5, "cooperation": 4, "exchange": 4, "safety": 5}, Fraction(9, 2)),
        ({"interaction": 5, "cooperation": 4, "exchange": 4}, Fraction(13, 3)),
        ({"interaction": 5, "cooperation": 4, "return": 5, "belong": 5, "mood": 5}, None),
        ({}, None),
    ],
)
def test_the_quality_of_a_gathering_takes_three_answers_of_four(
    after: dict[str, int], experience: Fraction | None
) -> None:
    assert reflections.experience(after) == experience


@pytest.mark.parametrize(("safety", "low"), [(None, False), (1, True), (2, True), (3, False), (5, False)])
def test_whoever_felt_unsafe_is_told_whom_to_talk_to(safety: int | None, low: bool) -> None:
    assert reflections.felt_unsafe({} if safety is None else {"safety": safety}) is low
