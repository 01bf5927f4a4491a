"""When a person may be reminded, of what, and when to look again (docs/thread.md, rule 15).

An invitation asks for a mood or speaks of the next workshop: it comes at the person's hour, in their zone, on days they
chose, and never on a day they have noted. News says that a date was cancelled or changed: it comes when it is known.
Both are silent from 21:00 to 09:00, during a pause, and during a silence; together they come once a day and twice in
any seven days at most, so that news takes the place of an invitation and never stands beside it.

An invitation is *ignored* when nothing was noted from its day on by the time the next one would come. After three in a
row, fourteen days pass without a message; then the count begins again. An invitation that could not come within an
hour, be it for an outage, does not come at all; news comes as long as its date is still ahead.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from wellbeing.domain.zones import zone_of

FIRST_HOUR, QUIET_FROM = 9, 21
HOURS = range(FIRST_HOUR, QUIET_FROM)
GOOD_FOR = timedelta(hours=1)
A_WEEK, IN_A_WEEK = 7, 2
IGNORED, SILENCE = 3, timedelta(days=14)
AHEAD = timedelta(days=2)  # how far meetings are looked for: the next hour but one is always nearer
DAY = timedelta(days=1)

# What a message is on its way: a number, of which the last digit says which text of `push.*` in this order, and the
# others what it names: a day, counted from 1970, or a minute of the day.
TEXTS = ("moment", "whenever", "open", "today", "tomorrow", "changed", "cancelled")
_FIRST = date(1970, 1, 1)


@dataclass(frozen=True)
class Wish:
    """What the person asked for. `days` are ISO weekdays, 1 to 7, on which a moment is offered."""

    hour: int
    days: frozenset[int]
    zone: str
    workshops: bool = False  # the next one
    keepsake: bool = False  # the day before it, when there is something to read again


@dataclass(frozen=True)
class Past:
    """What was sent: the days of the last week with a message; the latest invitation, and how many came to nothing."""

    sent: frozenset[date] = frozenset()
    asked_on: date | None = None
    unanswered: int = 0  # in a row, the latest among them
    silent_until: date | None = None  # the last day of the latest silence


@dataclass(frozen=True)
class Meeting:
    """A workshop to come: its instant, its date and wall clock where it takes place."""

    starts_at: datetime
    on: date
    at: time
    words: bool = False  # whether something was taken away from that group


@dataclass(frozen=True)
class News:
    on: date
    cancelled: bool


@dataclass(frozen=True)
class Facts:
    """What is so now. `noted_on` is the latest day with a mood or a presence, today at most."""

    noted_on: date | None = None
    paused: bool = False
    meetings: Sequence[Meeting] = ()
    news: Sequence[News] = ()


@dataclass(frozen=True)
class Message:
    text: str
    value: int = 0

    @property
    def number(self) -> int:
        return self.value * 10 + TEXTS.index(self.text)

    @property
    def invites(self) -> bool:
        return self.text not in ("changed", "cancelled")


def decide(now: datetime, wish: Wish, past: Past, facts: Facts) -> tuple[Message | None, Past]:
    """What to send at this instant, if anything, and the past that this makes."""
    today = now.astimezone(zone_of(wish.zone)).date()
    past = _heard(past, facts.noted_on, today)
    if facts.paused or not _open(now, wish.zone) or not _room(past.sent, today):
        return None, past
    if facts.news and not _silent(past, today):
        return _told(facts.news), replace(past, sent=past.sent | {today})
    if not _is_hour(now, wish, today) or facts.noted_on == today:
        return None, past
    patient = _patience(past, today)
    message = _invitation(now, wish, patient, facts, today)
    if message is None:
        return None, past
    if _silent(patient, today):
        return None, patient
    return message, replace(patient, sent=past.sent | {today}, asked_on=today, unanswered=patient.unanswered + 1)


def look_again(after: datetime, wish: Wish, news: bool = False) -> datetime:
    """The next instant at which something may be due: the person's hour; for news that waits, the end of the night."""
    today = after.astimezone(zone_of(wish.zone)).date()
    hours = (FIRST_HOUR, wish.hour) if news else (wish.hour,)
    every_day = news or wish.workshops or wish.keepsake or not wish.days
    instants = (
        hour_of(day, hour, wish.zone)
        for day in (today + n * DAY for n in range(-1, 9))
        if every_day or day.isoweekday() in wish.days
        for hour in hours
    )
    return min(instant for instant in instants if instant is not None and instant > after)


def hour_of(day: date, hour: int, zone: str) -> datetime | None:
    """The instant at which clocks of the zone show that hour, the first time if twice; None if they skip it."""
    shown = datetime.combine(day, time(hour), zone_of(zone))
    instant = shown.astimezone(UTC)
    again = instant.astimezone(zone_of(zone))
    return instant if (again.date(), again.hour) == (day, hour) else None


def answered_by(noted: Collection[date], today: date) -> date | None:
    """The latest of these days that is no later than today: a note ahead of its time answers nothing yet."""
    return max((day for day in noted if day <= today), default=None)


def _heard(past: Past, noted_on: date | None, today: date) -> Past:
    """Whoever noted something since the latest invitation ignored none."""
    answered = past.asked_on is not None and noted_on is not None and past.asked_on <= noted_on <= today
    return replace(past, unanswered=0) if answered else past


def _patience(past: Past, today: date) -> Past:
    """When the next invitation would come, three that came to nothing begin a silence."""
    if past.asked_on is None or past.unanswered < IGNORED or past.asked_on >= today:
        return past
    return replace(past, unanswered=0, silent_until=past.asked_on + SILENCE)


def _silent(past: Past, today: date) -> bool:
    """Whether a silence is running, or will be said to have begun at the next hour."""
    over = past.asked_on + SILENCE if past.asked_on and past.unanswered >= IGNORED else past.silent_until
    return over is not None and today <= over


def _open(now: datetime, zone: str) -> bool:
    return FIRST_HOUR <= now.astimezone(zone_of(zone)).hour < QUIET_FROM


def _room(sent: frozenset[date], today: date) -> bool:
    """Nothing yet today, nor two in the seven days that end today. A day ahead was today before somebody flew west."""
    if any(day >= today for day in sent):
        return False
    return sum(day > today - A_WEEK * DAY for day in sent) < IN_A_WEEK


def _is_hour(now: datetime, wish: Wish, today: date) -> bool:
    hour = hour_of(today, wish.hour, wish.zone)
    return hour is not None and hour <= now < hour + GOOD_FOR


def _told(news: Sequence[News]) -> Message:
    """One message for all that changed: the nearest date that is off, since somebody might go there; else a change."""
    off = min((one.on for one in news if one.cancelled), default=None)
    return Message("changed") if off is None else Message("cancelled", (off - _FIRST).days)


def _invitation(now: datetime, wish: Wish, past: Past, facts: Facts, today: date) -> Message | None:
    for meeting in sorted(facts.meetings, key=lambda one: one.starts_at):
        if wish.workshops and now < meeting.starts_at <= look_again(now, replace(wish, days=frozenset())):
            if meeting.on == today:
                return Message("today", meeting.at.hour * 60 + meeting.at.minute)
            if meeting.on == today + DAY:
                return Message("tomorrow")
        if wish.keepsake and meeting.words and meeting.on == today + DAY:
            return Message("tomorrow")
    if today.isoweekday() not in wish.days:
        return None
    if past.silent_until is not None and (past.asked_on is None or past.asked_on < past.silent_until):
        return Message("open")  # the first after a silence
    return Message(("moment", "whenever")[today.toordinal() % 2])
