"""A workshop as its participant sees it: when it is, on which clock, and what they said of being there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wellbeing.domain import presence
from wellbeing.domain.stages import OnItsClock
from wellbeing.domain.zones import zone_of


@dataclass(frozen=True)
class SeenWorkshop(OnItsClock):
    """A workshop as its participant sees it.

    `how` is None until they said they were there, then `code` or `declared`. `may_note`: it has begun, and they
    may still say so. `local_date` and `zone` are the group's; `starts_at` and `ends_at` are UTC.
    """

    id: int
    uid: str
    title: str
    starts_at: datetime
    minutes: int
    local_date: date
    group: str
    place: str
    zone: str
    cancelled: bool
    how: str | None
    may_note: bool
    slots: tuple[tuple[datetime, datetime], ...] = ()  # of a stage, on its own page: each part on the group's clock

    def code_open(self, now: datetime) -> bool:
        """Whether the code shown on the day would be taken now."""
        return not self.cancelled and presence.code_is_open(self.starts_at, self.ends_at, now)

    def starts_for(self, zone: str) -> datetime | None:
        """The start on the clock of a person who lives by other hours than the group; None if they are the same."""
        theirs = self.starts_at.astimezone(zone_of(zone))
        return None if theirs.utcoffset() == self.starts.utcoffset() else theirs
