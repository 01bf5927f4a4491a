"""Why a check-up is not kept, by name."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class AnswerNeeded(Refusal, key="err.required"):
    """Nothing was chosen, not even « Je passe »."""


class NothingWaits(Refusal, key="chk.closed"):
    """This set of questions is not due, or not wanted any more."""
