"""The twenty-four emotion words and the mix, in the order of the contract.

Ids are never changed and never reused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wellbeing.domain.moods import MIDDLE
from wellbeing.domain.refusals import RepeatedEmotion, TooManyEmotions, UnknownEmotion

MOST = 3


class Quadrant(NamedTuple):
    """A quarter of energy × pleasantness. `key` is its heading; pleasant and high are +1, the others −1."""

    key: str
    energy: int
    pleasantness: int
    emotions: tuple[str, ...]


QUADRANTS = (
    Quadrant("quad.high_unpleasant", +1, -1, ("stress", "worry", "irritation", "anger", "fear", "frustration")),
    Quadrant("quad.high_pleasant", +1, +1, ("joy", "enthusiasm", "drive", "pride", "amusement", "curiosity")),
    Quadrant(
        "quad.low_unpleasant", -1, -1, ("sadness", "tiredness", "loneliness", "boredom", "discouragement", "emptiness")
    ),
    Quadrant("quad.low_pleasant", -1, +1, ("calmness", "serenity", "tenderness", "gratitude", "relief", "trust")),
)
MIXED = "mixed"  # in no quadrant, always offered last
EMOTIONS = (*(word for quadrant in QUADRANTS for word in quadrant.emotions), MIXED)


def checked(ids: Sequence[str]) -> tuple[str, ...]:
    """The words in the order they were chosen. Raises `UnknownEmotion`, `RepeatedEmotion` or `TooManyEmotions`."""
    chosen = tuple(ids)
    if not all(word in EMOTIONS for word in chosen):
        raise UnknownEmotion
    if len(set(chosen)) < len(chosen):
        raise RepeatedEmotion
    if len(chosen) > MOST:
        raise TooManyEmotions
    return chosen


def quadrants_for(mood: int, energy: int | None = None) -> tuple[Quadrant, ...]:
    """All four quadrants, the one nearest to a mood of 1 to 5 first. `mixed` comes after them.

    Energy is often not said yet: then very good and very hard days are taken for lively ones, the others for quiet
    ones. Of two quadrants as near, the pleasant one comes first.
    """
    pleasant = mood - MIDDLE
    lively = (1 if abs(pleasant) == 2 else -1) if energy is None else energy - MIDDLE

    def distance(quadrant: Quadrant) -> tuple[int, int]:
        apart = (2 * quadrant.pleasantness - pleasant) ** 2 + (quadrant.energy - lively) ** 2
        return apart, -quadrant.pleasantness

    return tuple(sorted(QUADRANTS, key=distance))
