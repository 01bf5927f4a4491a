"""What a number called wrong holds up: the figures of its group, until it is settled.

Instants are UTC. A flag that nobody settles in 28 days counts as if the number had been wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from wellbeing.domain.crowds import Block

OPEN_FOR = timedelta(days=28)
SEASON = timedelta(days=84)  # one flag a person and group in so long


@dataclass(frozen=True)
class Raised:
    """One flag of a group. `verdict` is `right` or `wrong`, and absent while nobody settled it."""

    raised_at: datetime
    settled_at: datetime | None
    verdict: str | None

    @property
    def closes_at(self) -> datetime:
        """When it stopped, or will stop, being open."""
        return self.settled_at or self.raised_at + OPEN_FOR

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be settled."""
        return self.settled_at is None and now < self.closes_at


def hold(block: Block, flags: Iterable[Raised], now: datetime) -> str:
    """free | held | withheld, for a block without a row: `held` may still be drawn, `withheld` never.

    A block is withheld that was due, and could have been frozen, at some instant while a flag stood open that was not
    settled as right.
    """
    raised = list(flags)
    if any(not f.is_open(now) and f.verdict != "right" and _met(block, f) for f in raised):
        return "withheld"
    return "held" if any(f.is_open(now) for f in raised) else "free"


def _met(block: Block, flag: Raised) -> bool:
    due = datetime.combine(block.due, time(), UTC)
    past = datetime.combine(block.last + timedelta(1), time(), UTC)
    return flag.raised_at < past and flag.closes_at > due
