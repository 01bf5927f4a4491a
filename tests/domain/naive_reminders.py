"""The rule of reminders said again, without looking at the code: a life is lived day by day and everything is kept.

Nothing is summed up between two days: at each look the whole past is read again, and the rule asked as it is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass
class Life:
    hour: int
    weekdays: frozenset[int]
    zone: str
    noted: list[date] = field(default_factory=list)
    paused: list[date] = field(default_factory=list)
    invited: list[date] = field(default_factory=list)
    told: list[date] = field(default_factory=list)  # days of news
    silences: list[date] = field(default_factory=list)  # the first day of each, which is the day after an invitation

    def look(self, instant: datetime, news: bool) -> str:
        """What is sent now: `news`, `invitation` or nothing."""
        here = instant.astimezone(ZoneInfo(self.zone))
        today = here.date()
        if here.hour >= 21 or here.hour < 9 or today in self.paused:
            return ""
        sent = self.invited + self.told
        if today in sent or len([d for d in sent if today - 6 * DAY <= d <= today]) >= 2:
            return ""
        ignored = self._ignored(today)
        if news and not self._silent(today) and not (len(ignored) >= 3 and today <= max(ignored) + 14 * DAY):
            self.told.append(today)
            return "news"
        if here.hour != self.hour or today in self.noted or today.isoweekday() not in self.weekdays:
            return ""
        if len(ignored) >= 3:
            self.silences.append(max(ignored) + DAY)
        if self._silent(today):
            return ""
        self.invited.append(today)
        return "invitation"

    def _silent(self, today: date) -> bool:
        return any(first <= today < first + 14 * DAY for first in self.silences)

    def _ignored(self, today: date) -> list[date]:
        """Invitations since the latest silence, or since the latest answer, whichever came last."""
        since = max(self.silences, default=date.min)
        return [d for d in self.invited if d >= since and not any(d <= n <= today for n in self.noted)]
