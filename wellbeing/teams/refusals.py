"""What nobody may do to a team, by name."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class LastOfTheTeam(Refusal, key="fac.leave_last"):
    """A group keeps at least one person who runs it."""
