"""What somebody looks for among their own notes, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wellbeing.domain.finding import Terms


@dataclass(frozen=True)
class Sought:
    """What is looked for; `emotion`, `group` (a uid) and both dates are None where anything will do."""

    terms: Terms
    emotion: str | None = None
    group: str | None = None
    since: date | None = None
    until: date | None = None
