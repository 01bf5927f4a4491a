"""What a steward is told about the association as a whole."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class UnlikelyMonths(Refusal, key="org.retention_wrong", field="months"):
    """Figures are kept for 12 to 60 months."""
