"""What cannot be looked for, by name. The sentences are in the catalogue."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class NothingToFind(Refusal, key="find.nothing", field="words"):
    """Neither a word, nor an emotion, nor a group, nor a date."""


class WordsTooLong(Refusal, key="find.too_long", field="words"):
    """More than anyone looks for. The sentence says `n`."""


class DatesTurnedRound(Refusal, key="find.dates", field="until"):
    """The last day comes before the first."""
