"""The thread of a person, made afresh from what was logged, in one statement whatever the years (docs/thread.md).

Closed weeks come from the summaries of years; days of the week that is running come from its entries, since a note
ahead of its time waits until its day has come (rule 11).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from flask import current_app

from wellbeing import access
from wellbeing.db import columns
from wellbeing.domain.days import local_date_of, monday_of, today_in
from wellbeing.domain.streaks import streak_on
from wellbeing.domain.weeks import WEEK, Belonging, Facts, Rest, weeks_of
from wellbeing.domain.years import read, total_before
from wellbeing.domain.zones import zone_of
from wellbeing.models.person import Person
from wellbeing.streak.lines import Line, line_of
from wellbeing.streak.statements import DATED
from wellbeing.streak.today import ThreadToday

Found = dict[str, dict[str, list[str]]]


def thread_of(person: Person, now: datetime) -> ThreadToday:
    """The thread at an instant, on the person's own date. One statement."""
    found = _dated(person, now)
    # who flies west over the date line does not lose the day they have begun
    days = _parts(found["day"])
    lived = max((_date(day) for day, _, lived in days if lived == "1"), default=None)
    today = today_in(person.timezone, now, lived)
    current = monday_of(today)
    noted = [(day, int(in_time)) for day, in_time, lived in days if lived == "1" or _date(day) <= today]
    closed, total = _closed(found["year"], current)
    attended = found["attended"].get("", [])
    paces = [(_date(monday), int(goal)) for monday, goal in _parts(found["pace"])]
    pauses = [(_date(since), _date(until) if until else None) for since, until in _parts(found["pause"])]
    facts = Facts(
        signed_up_on=person.signed_up_on,
        days=_by_week(noted, closed),
        workshops=Counter(map(_monday, attended)),
        paces=paces,
        pauses=pauses,
        groups=list(_groups(found["member"], found["held"])),
    )
    weeks = weeks_of(facts, today)
    goal = weeks.goals[-1]
    week = weeks.week(-1)
    resting = week.neutral and week.rest is Rest.NO_WORKSHOP
    ahead = max(((start, pace) for start, pace in paces if start > current), default=(current, goal))[1]
    return ThreadToday(
        today=today,
        hidden=person.thread_hidden,
        streak=streak_on(today, weeks),
        weeks=weeks,
        goal=goal,
        next_goal=ahead if ahead != goal else None,
        pause=next((span for span in pauses if span[0] <= today and (span[1] is None or today <= span[1])), None),
        total_workshops=len(attended),
        total_days=total + len(noted),
        first_workshop_on=_date(min(attended)) if attended else None,
        signed_up_on=person.signed_up_on,
        holidays_until=_holidays(person, today) if resting else None,
    )


def line_for(person: Person, now: datetime, *, quiet: bool = False) -> Line:
    """The thread as Today says it; `quiet` on the screen that follows a mood of 1 or 2, which counts nothing."""
    return Line() if quiet or person.thread_hidden else line_of(thread_of(person, now))


def _holidays(person: Person, today: date) -> date | None:
    """Until when every group of the person is on holiday: the first day that ends it for one of them. Asked in a week
    without a workshop alone.
    """
    until_of = current_app.extensions["holidays_until"]  # of another feature, which this one does not know
    ends = [until_of(group, monday_of(today)) for group in access.groups_joined_by(person).all()]
    known = [end for end in ends if end is not None and end >= today]
    return min(known) if known and len(known) == len(ends) else None


def _dated(person: Person, now: datetime) -> Found:
    """Everything that has a date, by kind, then by what it was listed by (nothing: "")."""
    current = monday_of(today_in(person.timezone, now))
    span = {"since": monday_of(person.signed_up_on), "current": current, "following": current + 2 * WEEK}
    found: Found = defaultdict(dict)
    for kind, by, items in columns(DATED, {"person": person.id, "now": now, **span}):
        if items:
            found[kind][by] = items.split(",")
    return found


def _parts(found: dict[str, list[str]]) -> list[list[str]]:
    return [item.split("|") for item in found.get("", ())]


def _closed(found: dict[str, list[str]], current: date) -> tuple[dict[date, int], int]:
    """Of the weeks before the current one: the days noted in time, where there are any; and how many days in all,
    those noted late among them.
    """
    in_time: dict[date, int] = {}
    total = 0
    for year, (digits,) in found.items():
        counted, logged = digits.split("|")
        in_time |= {monday: days for monday, days in read(int(year), counted) if days and monday < current}
        total += total_before(int(year), logged, current)
    return in_time, total


def _by_week(counts: Iterable[tuple[str, int]], weeks: dict[date, int]) -> dict[date, int]:
    """The counts of days, added to those of their weeks."""
    for day, count in counts:
        if count:
            monday = _monday(day)
            weeks[monday] = weeks.get(monday, 0) + count
    return weeks


def _groups(members: dict[str, list[str]], held: dict[str, list[str]]) -> Iterator[Belonging]:
    """Each membership with the weeks in which its group met, or says it will meet this week."""
    for group, spans in members.items():
        met = set(map(_monday, held.get(group, ())))
        for zone, began_at, ended_at in (span.split("|") for span in spans):
            yield Belonging(_local(began_at, zone), _local(ended_at, zone) if ended_at else None, met)


def _local(written: str, zone: str) -> date:
    """The date there of an instant as a database writes it: SQLite without its offset, which is that of UTC."""
    instant = datetime.fromisoformat(written)
    return local_date_of((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(zone_of(zone)))


@lru_cache(maxsize=8192)
def _monday(day: str) -> date:
    """Everybody's days fall in the same weeks: each is worked out once."""
    return monday_of(_date(day))


_date = lru_cache(maxsize=8192)(date.fromisoformat)
