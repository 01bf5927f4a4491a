"""What those who lead a group do beside counting: let somebody into the team, correct a count, write in their book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from wellbeing.demo.circles import Circle
from wellbeing.demo.happenings import Counts, EntersTeam, Happening, Writes
from wellbeing.domain.calendars import starts_at

ZONE = "Europe/Paris"
MINUTE = timedelta(minutes=1)


def leading(
    circle: Circle, counted: Sequence[Counts], opened: datetime, lines: Sequence[Mapping[str, str]], now: datetime
) -> Iterator[Happening]:
    """Of a group that two people lead: the second comes a week after the first; both write of the latest dates."""
    if not circle.second:
        return
    yield EntersTeam(at=opened + timedelta(days=7), by=circle.leader, who=circle.second, group=circle.name)
    latest = [one for one in counted if one.at + 90 * MINUTE <= now][-len(lines) :]
    for count, texts in zip(reversed(latest), lines, strict=False):
        yield _page(circle, circle.leader, count.day, texts, 75)
    for count in latest[-1:]:
        yield _page(circle, circle.second, count.day, {"worked": lines[0]["worked"]}, 85)


def corrected(counted: Sequence[Counts], now: datetime) -> Iterator[Counts]:
    """The latest count was first one short, and put right a quarter of an hour later."""
    last = max((one for one in counted if one.at + 15 * MINUTE <= now), key=lambda one: one.at, default=None)
    for one in counted:
        short = one is last and one.present > max(one.without_phone, one.newcomers)
        yield replace(one, present=one.present - 1) if short else one
        if short:
            yield replace(one, at=one.at + 15 * MINUTE)


def _page(circle: Circle, who: str, day: date, texts: Mapping[str, str], after: int) -> Writes:
    at = starts_at(day, circle.starts_at, ZONE) + (circle.minutes + after) * MINUTE
    return Writes(at=at, who=who, group=circle.name, day=day, texts=tuple(texts.items()))
