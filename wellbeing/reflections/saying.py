"""What one gesture says of one part of a workshop, as values that a form or a phone makes and an operation keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from wellbeing.domain.merging import BOTH, NUMBERS
from wellbeing.domain.reflections import Answers, Part


@dataclass(frozen=True)
class Said:
    """All the answers of a part, those that were passed left out. `words` None removes them, where `speaks` says so.

    `warnings` are what a phone is told besides.
    """

    part: Part
    answers: Answers
    words: str | None = field(default=None, repr=False)
    speaks: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def parts(self) -> int:
        """What it touches, as `domain.merging` counts it."""
        return BOTH if self.speaks else NUMBERS

    @property
    def something(self) -> bool:
        """Whether anything is said: a part whose answers are all passed is cleared."""
        return bool(self.answers or self.words)
