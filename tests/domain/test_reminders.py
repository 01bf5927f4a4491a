"""Reminders are few, come by day, and leave whoever does not answer in peace."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain import naive_reminders
from wellbeing.domain.reminders import (
    TEXTS,
    Facts,
    Meeting,
    Message,
    News,
    Past,
    Wish,
    decide,
    hour_of,
    look_again,
)

ZONES = (
    "Europe/Paris",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "Africa/Casablanca",
)
EVERY_DAY = frozenset(range(1, 8))
DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Wish, list[tuple[date, bool, bool, bool, list[int]]]]:
    """What a person wishes, and for each of many days: noted, paused, news, and the minutes past midnight of passes."""
    weekdays = draw(st.frozensets(st.integers(1, 7), min_size=1))
    hour = draw(st.integers(9, 20))
    wish = Wish(hour, weekdays, draw(st.sampled_from(ZONES)))
    minutes = st.one_of(st.just(hour * 60), st.integers(0, 24 * 60 - 1), st.integers(hour * 60 - 2, hour * 60 + 62))
    rarely = st.integers(0, 9).map(lambda n: n == 0)
    day = st.tuples(rarely, rarely, rarely, st.lists(minutes, max_size=3).map(sorted))
    return wish, [(FIRST + n * DAY, *one) for n, one in enumerate(draw(st.lists(day, min_size=10, max_size=60)))]


@given(lives())
def test_a_life_is_reminded_as_the_rule_says(life: tuple[Wish, list[tuple[date, bool, bool, bool, list[int]]]]) -> None:
    wish, days = life
    other = naive_reminders.Life(wish.hour, wish.days, wish.zone)
    past, waiting, sent, noted = Past(), False, [], None
    for day, notes, paused, heard, minutes in days:
        waiting |= heard
        noted = day if notes else noted
        other.noted += [day] * notes
        other.paused += [day] * paused
        for minute in minutes:
            now = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(wish.zone)).astimezone(UTC)
            facts = Facts(noted, paused, news=[News(day + DAY, True)] * waiting)
            message, past = decide(now, wish, past, facts)
            mine = "" if message is None else "invitation" if message.invites else "news"
            assert mine == other.look(now, waiting), (now, past, other)
            waiting = waiting and mine != "news"
            sent += [now] * bool(mine)
    local = [instant.astimezone(ZoneInfo(wish.zone)) for instant in sent]
    assert all(9 <= at.hour < 21 for at in local)
    assert len({at.date() for at in local}) == len(local)
    assert all(late.date() - early.date() > 6 * DAY for early, late in zip(local, local[2:], strict=False))


def test_news_that_waits_begins_no_silence_before_the_next_invitation_would() -> None:
    """Three Mondays came to nothing. Who notes something before the fourth ignored nothing, and hears the news."""
    wish, monday, news = Wish(9, frozenset({1}), "UTC"), datetime(2026, 3, 16, 9, tzinfo=UTC), [News(FIRST, True)]
    past = Past(asked_on=monday.date(), unanswered=3)
    message, past = decide(monday + DAY, wish, past, Facts(news=news))
    assert message is None
    message, past = decide(monday + 2 * DAY, wish, past, Facts(noted_on=(monday + 2 * DAY).date(), news=news))
    assert message == Message("cancelled", (FIRST - date(1970, 1, 1)).days)
    past = Past(asked_on=monday.date(), unanswered=3)
    message, past = decide(monday + 7 * DAY, wish, past, Facts(news=news))
    assert (message, past.silent_until) == (None, (monday + 14 * DAY).date())


@given(st.sampled_from(ZONES), st.integers(9, 20), st.integers(0, 700 * 24 * 60))
def test_the_next_look_is_ahead_and_at_the_persons_hour(zone: str, hour: int, minutes: int) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = look_again(after, Wish(hour, EVERY_DAY, zone))
    assert after < found <= after + timedelta(hours=26)
    assert found.astimezone(ZoneInfo(zone)).hour == hour
    assert look_again(after, Wish(hour, EVERY_DAY, zone), news=True) <= found


def test_a_day_that_a_zone_skipped_has_no_hour() -> None:
    """Samoa had no 30 December 2011."""
    assert hour_of(date(2011, 12, 30), 18, "Pacific/Apia") is None
    assert look_again(datetime(2011, 12, 30, 9, tzinfo=UTC), Wish(18, EVERY_DAY, "Pacific/Apia")) == datetime(
        2011, 12, 31, 4, tzinfo=UTC
    )


def test_an_hour_is_good_for_an_hour() -> None:
    wish, at = Wish(18, EVERY_DAY, "UTC"), datetime(2026, 3, 12, 18, tzinfo=UTC)
    says = {minutes: decide(at + timedelta(minutes=minutes), wish, Past(), Facts())[0] for minutes in (-1, 0, 59, 60)}
    assert [minutes for minutes, message in says.items() if message] == [0, 59]


@pytest.mark.parametrize(
    ("hour", "starts", "text"),
    [
        (18, "2026-03-12T19:00", "today"),
        (18, "2026-03-12T18:00", None),  # it begins now
        (18, "2026-03-13T17:59", "tomorrow"),
        (18, "2026-03-13T18:00", "tomorrow"),  # tomorrow's hour would be too late
        (18, "2026-03-13T19:00", None),  # tomorrow's hour comes before it
        (20, "2026-03-13T19:00", "tomorrow"),
    ],
)
def test_the_last_hour_before_a_workshop_is_the_one_that_says_it(hour: int, starts: str, text: str | None) -> None:
    start = datetime.fromisoformat(starts).replace(tzinfo=UTC)
    wish = Wish(hour, frozenset(), "UTC", workshops=True)
    meetings = [Meeting(start, start.date(), start.time())]
    message, _ = decide(datetime(2026, 3, 12, hour, tzinfo=UTC), wish, Past(), Facts(meetings=meetings))
    assert (message.text if message else None) == text


def test_news_takes_the_place_of_a_reminder_and_does_not_wait_for_the_hour() -> None:
    wish, noon = Wish(18, EVERY_DAY, "UTC"), datetime(2026, 3, 12, 12, tzinfo=UTC)
    news = [News(date(2026, 3, 20), True), News(date(2026, 3, 14), True), News(date(2026, 3, 13), False)]
    message, past = decide(noon, wish, Past(), Facts(noted_on=noon.date(), news=news))
    assert message == Message("cancelled", (date(2026, 3, 14) - date(1970, 1, 1)).days)
    assert decide(noon + timedelta(hours=6), wish, past, Facts())[0] is None
    assert decide(noon, wish, past, Facts(news=news))[0] is None
    assert decide(noon.replace(hour=22), wish, Past(), Facts(news=news))[0] is None
    changed, _ = decide(noon, wish, Past(), Facts(news=news[2:]))
    assert changed == Message("changed")


def test_news_is_no_question_so_that_nobody_ignores_it() -> None:
    wish, at = Wish(18, EVERY_DAY, "UTC"), datetime(2026, 3, 12, 12, tzinfo=UTC)
    _, past = decide(at, wish, Past(), Facts(news=[News(date(2026, 3, 14), True)]))
    assert (past.unanswered, past.asked_on, past.sent) == (0, None, {at.date()})


def test_each_text_has_a_number_of_its_own_and_the_first_is_the_plainest() -> None:
    assert len({Message(text).number for text in TEXTS}) == len(TEXTS) <= 10
    assert Message("moment").number == 0
    assert Message("today", 19 * 60 + 30).number == 11703
