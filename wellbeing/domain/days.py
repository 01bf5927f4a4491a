"""A day starts at 04:00 and belongs to the person who lived it (docs/thread.md, rules 1 and 11).

A moment is felt somewhere: it carries its wall clock and its offset, and its date is read from that clock alone, so
that no later change of zone, and no new edition of the zone database, ever moves a past day. Instants compared here
are aware; dates are local dates; a zone is a `ZoneInfo` or the name that a table holds.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from wellbeing.domain.refusals import DayNotYetHere, ImpossibleDate
from wellbeing.domain.zones import zone_of

DAY_START = time(4)
FIRST_DAY = date(1900, 1, 1)
AHEAD = timedelta(days=400)
IN_TIME = timedelta(days=7)
WIDEST_OFFSET = timedelta(hours=16)  # wider than any clock people have ever lived by
EASTMOST = timezone(timedelta(hours=14))  # where every date begins first


# --- reading ----------------------------------------------------------------------------------------------------------
def read_felt_at(text: str, zone: ZoneInfo | str) -> datetime:
    """The moment a form or a phone wrote, as an aware datetime whose offset is fixed.

    ISO 8601: `2026-11-22T18:30`, seconds and their fractions if any, then `Z` or an offset. Without an offset, as a
    page without script sends it, it is a clock of `zone`: of two moments that share it the first, and an hour that
    the clocks skip is kept as written. A date alone is noon of that day. Raises `ImpossibleDate`.
    """
    text = text.strip()
    if _DATE.fullmatch(text):
        return noon_of(read_day(text), zone)
    if not _MOMENT.fullmatch(text):
        raise ImpossibleDate
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise ImpossibleDate from None
    if written.year not in _YEARS:
        raise ImpossibleDate
    felt_at = _fixed(written if written.tzinfo else written.replace(tzinfo=zone_of(zone)))
    if abs(_offset(felt_at)) > WIDEST_OFFSET or local_date_of(felt_at) < FIRST_DAY:
        raise ImpossibleDate
    return felt_at


def read_day(text: str) -> date:
    """The date `2026-11-22`, written so and in no other way. Raises `ImpossibleDate`."""
    if not _DATE.fullmatch(text):
        raise ImpossibleDate
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ImpossibleDate from None
    if day < FIRST_DAY or day.year not in _YEARS:
        raise ImpossibleDate
    return day


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DATE.pattern + r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_YEARS = range(FIRST_DAY.year, date.max.year)


# --- which day --------------------------------------------------------------------------------------------------------
def local_date_of(felt_at: datetime) -> date:
    """The date of the wall clock, or the day before if its hour is below four. `felt_at` is aware and says where."""
    if felt_at.tzinfo is None:
        raise ValueError("a moment without an offset belongs to no day")
    return felt_at.date() if felt_at.time() >= DAY_START else felt_at.date() - timedelta(1)


def noon_of(day: date, zone: ZoneInfo | str) -> datetime:
    """A day chosen without an hour: its noon, where the person lives, with a fixed offset."""
    return _fixed(datetime.combine(day, time(12), zone_of(zone)))


def today_in(zone: ZoneInfo | str, now: datetime, lived: date | None = None) -> date:
    """The day that is running in a zone at an instant.

    `lived` is the latest date the person has noted that was not ahead of its time. Somebody who flies west over the
    date line finds a day they have already begun; their time never goes back, so that nothing falls.
    """
    today = local_date_of(now.astimezone(zone_of(zone)))
    return today if lived is None else max(today, lived)


def has_come(felt_at: datetime, now: datetime, today: date) -> bool:
    """Whether a moment is lived: its instant has passed, or its day has begun. Until then a note waits (rule 11)."""
    return felt_at <= now or local_date_of(felt_at) <= today


def monday_of(day: date) -> date:
    """The Monday of the ISO week, in every language."""
    return day - timedelta(day.weekday())


# --- what is accepted, what counts ------------------------------------------------------------------------------------
def accepted(day: date, now: datetime) -> date:
    """The day, if a journal may hold it: 1900-01-01 to 400 days ahead of the latest zone. Raises `ImpossibleDate`."""
    if not FIRST_DAY <= day <= latest_today(now) + AHEAD:
        raise ImpossibleDate
    return day


def begun(day: date, today: date) -> date:
    """The day, if it has begun for the person whose `today` is given. Raises `DayNotYetHere`."""
    if day > today:
        raise DayNotYetHere
    return day


def latest_today(now: datetime) -> date:
    """The latest day that is running anywhere on Earth."""
    return local_date_of(now.astimezone(EASTMOST))


def recorded_on(first_recorded_at: datetime, felt_at: datetime) -> date:
    """The day a gesture was made, by the clock of the place where the mood was felt, so that no flight changes it."""
    return local_date_of(first_recorded_at.astimezone(felt_at.tzinfo))


def counts_for_thread(local_date: date, first_recorded_on: date) -> bool:
    """Whether a mood counts for rule 4: first recorded within seven days of its own date.

    A mood noted ahead of its day counts when the day has come; until then see `has_come`.
    """
    return first_recorded_on - local_date <= IN_TIME


# --- offsets ----------------------------------------------------------------------------------------------------------
def _fixed(moment: datetime) -> datetime:
    """The same wall clock with its offset of that moment, whatever the zone does later."""
    return moment.replace(tzinfo=timezone(_offset(moment)))


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    return timedelta(0) if offset is None else offset
