"""The only place where the time is read.

Everything else is handed `now` (an aware UTC instant) or `today` (a local date), so that a test, the demo and a replay
can say what time it is. `WELLBEING_NOW` moves the clock only when `WELLBEING_TESTING=1`: an ISO instant, or `@FILE`
holding one, read again at every call so that a test in another process can move time.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wellbeing.domain.days import today_in

if TYPE_CHECKING:
    from wellbeing.models.person import Person


def now() -> datetime:
    """The present instant, aware, in UTC."""
    if os.environ.get("WELLBEING_TESTING") == "1" and (moved := os.environ.get("WELLBEING_NOW")):
        text = Path(moved[1:]).read_text(encoding="utf-8").strip() if moved.startswith("@") else moved
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    return datetime.now(UTC)


def of_this_machine() -> datetime:
    """The machine's own time, which no test moves: for what another machine compares with its own clock."""
    return datetime.now(UTC)


def today_for(person: Person, at: datetime) -> date:
    """The person's own date at an instant: their zone, their day beginning at 04:00 (docs/thread.md, rule 1)."""
    return today_in(person.timezone, at)
