"""What a person may say of one workshop, before it and after it: the questions, their answers, and when they are asked.

Answers are numbers by field; a field that is absent was passed (« Je passe »), which is never 0 and never the middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

from wellbeing.domain.figures import QUALITY
from wellbeing.domain.presence import OPENS_BEFORE
from wellbeing.domain.refusals import AnswersClosed, AnswersNotYetOpen, BelongAndSize, MoodOutOfRange

Answers = Mapping[str, int]

AFTER_THE_END = timedelta(hours=48)
ENOUGH_FOR_EXPERIENCE = 3
FEELINGS = ("mood", "calm")
ITEMS = (*QUALITY, "return")  # asked every time, in this order
TURNING = ("belong", "size")  # asked by turns
HIGHEST = {"size": 3}  # every other question has five answers


class Part(Enum):
    """The two moments at which a workshop is spoken of; the value is the first half of `before:<workshop>`."""

    BEFORE = "before"
    AFTER = "after"

    @property
    def fields(self) -> tuple[str, ...]:
        return FEELINGS if self is Part.BEFORE else (*FEELINGS, *ITEMS, *TURNING)


def levels(field: str) -> range:
    """The answers a question has, from 1 on."""
    return range(1, HIGHEST.get(field, 5) + 1)


def checked(part: Part, said: Mapping[str, Any]) -> Answers:
    """The answers that were given, from numbers or from what a form sent; empty text and None are passed questions.

    Raises MoodOutOfRange naming the first field with no such answer, BelongAndSize for answers to both by turns.
    """
    answers = {}
    for field in part.fields:
        if (level := said.get(field)) in (None, ""):
            continue
        if isinstance(level, bool) or str(level) not in map(str, levels(field)):
            raise MoodOutOfRange(field=field)
        answers[field] = int(level)
    if all(field in answers for field in TURNING):
        raise BelongAndSize
    return answers


def asked_by_turns(rank: int) -> str:
    """Which of the two is asked at the so-manyth workshop that the group held: the same for everyone who was there."""
    return "belong" if rank % 2 else "size"


# --- hours ------------------------------------------------------------------------------------------------------------
def opens(part: Part, starts_at: datetime) -> datetime:
    """Before: the hour before the start, like the code at the door. After: the start, since people leave early."""
    return starts_at - OPENS_BEFORE if part is Part.BEFORE else starts_at


def closes(part: Part, ends_at: datetime) -> datetime:
    """Before: the end, for those who came late. After: two days later, the last instant included."""
    return ends_at if part is Part.BEFORE else ends_at + AFTER_THE_END


def check_open(part: Part, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises AnswersNotYetOpen or AnswersClosed outside the hours in which first answers are taken."""
    if now < opens(part, starts_at):
        raise AnswersNotYetOpen
    if now > closes(part, ends_at):
        raise AnswersClosed


def is_open(part: Part, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether `check_open` would let it pass."""
    return opens(part, starts_at) <= now <= closes(part, ends_at)


# --- what the answers come to -----------------------------------------------------------------------------------------
def changes(before: Answers, after: Answers) -> dict[str, int]:
    """After minus before, from -4 to 4, for mood and calm: each only where it was said both times."""
    return {field: after[field] - before[field] for field in FEELINGS if field in before and field in after}


def experience(after: Answers) -> Fraction | None:
    """The mean of the four qualities of a gathering, exact, if at least three of them were answered."""
    given = [after[field] for field in QUALITY if field in after]
    return Fraction(sum(given), len(given)) if len(given) >= ENOUGH_FOR_EXPERIENCE else None


def felt_unsafe(after: Answers) -> bool:
    """Whether to say, to this person alone and at once, whom they may talk to."""
    return after.get("safety", 5) <= 2
