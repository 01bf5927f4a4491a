"""Why a file is not imported, by name. Nothing of what it holds is said back but the number of a line."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class NotAnExport(Refusal, key="err.import", field="file"):
    """Neither our JSON, nor our table, nor Daylio's, nor what a phone had kept; or not text at all."""


class NoFile(Refusal, key="data.import_none", field="file"):
    """Nothing was chosen."""


class FileTooBig(Refusal, key="data.import_big", field="file"):
    """10 MiB at most."""


class TooManyMoods(Refusal, key="data.import_many", field="file"):
    """20 000 moods at most."""


class WrongLine(Refusal, key="data.import_refused", field="file"):
    """One line cannot be understood. `reason` is a key: the sentence says `n` and the reason in the reader's words."""

    def __init__(self, n: int, reason: str) -> None:
        super().__init__(n=n)
        self.line = n
        self.reason = reason


class MoodsNotMatched(Refusal, key="data.import_map", field="levels"):
    """Each mood of a file from elsewhere is matched to one of the five levels."""
