"""All that is shown of a person's thread on one day, and the facts its sentences are chosen by. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.streaks import State, Streak
from wellbeing.domain.weeks import Week, Weeks

STRAND = 12  # weeks that a drawing holds


@dataclass(frozen=True)
class ThreadToday:
    """The thread on a person's own date.

    `weeks` end with the running one. `total_days` counts dates with a mood, late and imported ones among them;
    `total_workshops` the workshops attended that took place. `pause` is the one that covers today; its last day is
    None while it is open. `next_goal` is the pace from next Monday on, None unless it changes. `holidays_until` is the
    last day of school holidays, if they are why no group of the person meets this week.
    """

    today: date
    hidden: bool
    streak: Streak
    weeks: Weeks
    goal: int
    next_goal: int | None
    pause: tuple[date, date | None] | None
    total_workshops: int
    total_days: int
    first_workshop_on: date | None
    signed_up_on: date
    holidays_until: date | None = None

    @property
    def week(self) -> Week:
        """The running week."""
        return self.weeks.week(-1)

    @property
    def number(self) -> int | None:
        """The number that may be shown: none while nothing is kept, while archived, or hidden. Never 0."""
        return None if self.hidden else self.streak.count or None

    @property
    def regularity(self) -> str | None:
        """`3/8`, for whoever reads it off the page; None when nothing is counted yet."""
        counted = self.streak.regularity
        return f"{counted.kept}/{counted.of}" if counted and counted.kept and not self.hidden else None

    @property
    def past(self) -> list[tuple[int, date, date]]:
        """Earlier threads, latest first: kept weeks, first day, last day."""
        return [(one.count, one.first, one.last + timedelta(days=6)) for one in reversed(self.streak.threads)]

    @property
    def drawn(self) -> list[Week]:
        """The weeks of the drawing, oldest first; none when the thread is hidden or archived."""
        return [] if self.hidden or self.streak.state is State.ARCHIVED else self.weeks.latest(STRAND)

    @property
    def strand(self) -> list[str]:
        """One stitch a week: `kept`, `neutral`, `now` for the running week, and nothing where the thread goes on."""
        return [self._stitch(week) for week in self.drawn]

    @property
    def told(self) -> list[Week]:
        """The drawn weeks in words, latest first: kept, neutral and running ones. Weeks away are never listed."""
        return [week for week in reversed(self.drawn) if self._stitch(week)]

    def _stitch(self, week: Week) -> str:
        if week.kept:
            return "kept"
        if week.monday == self.week.monday:
            return "now"
        return "neutral" if week.neutral else ""
