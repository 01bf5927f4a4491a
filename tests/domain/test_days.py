"""A day starts at four, belongs to the person who lived it, and stays where it was."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.days import (
    accepted,
    begun,
    counts_for_thread,
    has_come,
    latest_today,
    local_date_of,
    monday_of,
    noon_of,
    read_day,
    read_felt_at,
    recorded_on,
    today_in,
)
from wellbeing.domain.refusals import DayNotYetHere, ImpossibleDate

PARIS, EAST, WEST = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue")
NOW = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)


def felt(text: str) -> datetime:
    return read_felt_at(text, PARIS)


# --- the day a moment belongs to --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-22T00:30+01:00", "2026-11-21"),
        ("2026-11-22T03:59:59.999+01:00", "2026-11-21"),
        ("2026-11-22T04:00+01:00", "2026-11-22"),
        ("2026-11-22T23:59+14:00", "2026-11-22"),
        ("2026-11-22T03:59-11:00", "2026-11-21"),
        ("2028-03-01T01:30+01:00", "2028-02-29"),
        ("2028-02-29T12:00Z", "2028-02-29"),
        ("2027-01-01T03:00+01:00", "2026-12-31"),
        ("2026-03-29T03:30+02:00", "2026-03-28"),  # an hour after the clocks went forward
        ("2026-10-25T02:30+02:00", "2026-10-24"),  # twice that night, the same day both times
        ("2026-10-25T02:30+01:00", "2026-10-24"),
        ("1900-01-01T04:00Z", "1900-01-01"),
    ],
)
def test_a_moment_belongs_to_the_day_of_its_own_clock(written: str, day: str) -> None:
    assert local_date_of(felt(written)) == date.fromisoformat(day)


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001
    st.sampled_from([PARIS, EAST, WEST]),
)
def test_the_same_clock_is_the_same_day_whatever_the_zone(clock: datetime, zone: ZoneInfo) -> None:
    written = clock.isoformat(timespec="milliseconds")
    assert local_date_of(read_felt_at(written, zone)) == (clock - timedelta(hours=4)).date()
    assert local_date_of(read_felt_at(f"{written}+14:00", zone)) == (clock - timedelta(hours=4)).date()


def test_a_moment_without_a_place_belongs_to_no_day() -> None:
    with pytest.raises(ValueError, match="no day"):
        local_date_of(datetime(2026, 11, 22, 12))  # noqa: DTZ001


# --- reading a moment -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-11-22T18:30", "2026-11-22T17:30Z"),
        ("2026-07-14 18:30:05", "2026-07-14T16:30:05Z"),
        (" 2026-11-22T18:30:00.123Z ", "2026-11-22T18:30:00.123Z"),
        ("2026-11-22", "2026-11-22T11:00Z"),
        ("2026-03-29T02:30", "2026-03-29T01:30Z"),  # skipped by the clocks
        ("2026-10-25T02:30", "2026-10-25T00:30Z"),  # there twice: the first
    ],
)
def test_a_moment_is_an_instant_and_a_clock(written: str, instant: str) -> None:
    assert felt(written) == datetime.fromisoformat(instant)
    assert isinstance(felt(written).tzinfo, timezone), "the offset is fixed, whatever the zone does later"


@pytest.mark.parametrize(
    "written",
    [
        "", "hier", "2026-11-31T10:00", "2026-02-29", "2026-13-01T10:00Z", "2026-11-22T24:00", "2026-11-22T10:61Z",
        "20261122T1000Z", "2026-W47-7", "2026-11-22T10", "2026-11-22T10:00+1", "2026-11-22T10:00:00 01:00",
        "2026-11-22T10:00+23:59", "2026-11-22T10:00-16:01", "2026-11-22T10:00+25:00", "1899-12-31", "1900-01-01T03:59Z",
        "0001-01-01T00:00Z", "9999-12-31T23:59-12:00", "9999-12-31", "२०२६-११-२२", "2026-11-22T10:00Z\x00", "1e9",
    ],
)  # fmt: skip
def test_what_is_not_a_moment_is_refused(written: str) -> None:
    with pytest.raises(ImpossibleDate):
        felt(written)


@pytest.mark.parametrize("written", ["", "22/11/2026", "2026-11-31", "2026-11-22T10:00", " 2026-11-22", "9999-01-01"])
def test_what_is_not_a_day_is_refused(written: str) -> None:
    with pytest.raises(ImpossibleDate):
        read_day(written)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(ImpossibleDate):
        assert local_date_of(felt(text)) >= date(1900, 1, 1)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from([PARIS, EAST, WEST, ZoneInfo("Pacific/Apia")]))
def test_a_day_chosen_without_an_hour_is_its_noon(day: date, zone: ZoneInfo) -> None:
    noon = noon_of(day, zone)
    assert (noon.hour, noon.minute, local_date_of(noon)) == (12, 0, day)
    assert read_felt_at(day.isoformat(), zone) == noon


# --- today ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "paris", "east", "west"),
    [
        ("2026-11-22T02:59Z", 21, 22, 21),  # 03:59 in Paris
        ("2026-11-22T03:00Z", 22, 22, 21),
        ("2026-11-22T13:59Z", 22, 22, 21),
        ("2026-11-22T14:00Z", 22, 23, 21),
        ("2026-11-22T14:59Z", 22, 23, 21),
        ("2026-11-22T15:00Z", 22, 23, 22),
    ],
)
def test_today_begins_at_four_where_the_person_is(now: str, paris: int, east: int, west: int) -> None:
    instant = datetime.fromisoformat(now)
    assert [today_in(zone, instant).day for zone in (PARIS, EAST, WEST)] == [paris, east, west]
    assert latest_today(instant).day == east


@pytest.mark.parametrize("change", ["2026-03-29", "2026-10-25"])
def test_today_begins_once_on_the_nights_the_clocks_change(change: str) -> None:
    night = datetime.fromisoformat(f"{change}T00:00Z") - timedelta(hours=12)
    days = [today_in(PARIS, night + timedelta(minutes=minute)) for minute in range(36 * 60)]
    assert days == sorted(days)
    assert today_in(PARIS, datetime.fromisoformat(f"{change}T03:59").replace(tzinfo=PARIS)) < date.fromisoformat(change)
    assert today_in(PARIS, datetime.fromisoformat(f"{change}T04:00").replace(tzinfo=PARIS)) == date.fromisoformat(
        change
    )


def test_a_flight_west_never_takes_back_a_day_that_was_begun() -> None:
    lived = today_in(EAST, NOW)
    assert today_in(WEST, NOW) < lived
    assert today_in(WEST, NOW, lived) == lived
    assert today_in(WEST, NOW + timedelta(days=3), lived) == today_in(WEST, NOW + timedelta(days=3))


def test_a_far_traveller_neither_gains_nor_loses_a_day() -> None:
    """P7: six evenings by one's own clock, on both sides of the date line, one date twice, are five days."""
    evenings = [datetime(2026, 11, day, 20, tzinfo=EAST) for day in (16, 17, 18)]
    evenings += [datetime(2026, 11, day, 20, tzinfo=WEST) for day in (18, 19, 20)]
    assert evenings == sorted(evenings)
    assert sorted({local_date_of(evening).day for evening in evenings}) == [16, 17, 18, 19, 20]
    for evening in evenings:
        assert counts_for_thread(local_date_of(evening), recorded_on(evening, evening))


def test_a_note_waits_until_its_moment_or_its_day_has_come() -> None:
    today = today_in(PARIS, NOW)
    assert has_come(felt("2026-11-22T20:30+01:00"), NOW, today)
    assert has_come(felt("2026-11-22T23:00+01:00"), NOW, today), "later today is today"
    assert has_come(felt("2026-11-23T09:30+14:00"), NOW, today), "already tomorrow over there"
    assert not has_come(felt("2026-11-23T09:30+01:00"), NOW, today)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-11-22", "2026-11-16"),
        ("2026-11-23", "2026-11-23"),
        ("2021-01-03", "2020-12-28"),
        ("2028-02-29", "2028-02-28"),
    ],
)
def test_a_week_starts_on_monday(day: str, monday: str) -> None:
    assert monday_of(date.fromisoformat(day)) == date.fromisoformat(monday)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_week_is_the_iso_week(day: date) -> None:
    assert monday_of(day).isocalendar()[:2] == day.isocalendar()[:2]
    assert monday_of(day).isoweekday() == 1


# --- accepted, counted ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2026, 11, 22), date(2026, 11, 23) + timedelta(400)])
def test_a_journal_holds_a_century_and_the_year_ahead(day: date) -> None:
    assert accepted(day, NOW) == day


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2026, 11, 24) + timedelta(400), date.max, date.min])
def test_a_journal_holds_no_further_day(day: date) -> None:
    with pytest.raises(ImpossibleDate):
        accepted(day, NOW)


def test_tomorrow_has_not_begun() -> None:
    assert begun(date(2026, 11, 22), date(2026, 11, 22)) == date(2026, 11, 22)
    with pytest.raises(DayNotYetHere):
        begun(date(2026, 11, 23), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("recorded", "counts"),
    [
        ("2026-11-15T12:00+01:00", True),
        ("2026-11-22T23:59+01:00", True),
        ("2026-11-23T03:59+01:00", True),  # the seventh day is not over before four
        ("2026-11-23T04:00+01:00", False),
        ("2027-11-23T04:00+01:00", False),
        ("2026-11-10T12:00+01:00", True),  # ahead of its day: it counts when the day has come
    ],
)
def test_a_mood_counts_when_noted_within_seven_days(recorded: str, counts: bool) -> None:
    felt_at = felt("2026-11-15T12:00+01:00")
    assert counts_for_thread(local_date_of(felt_at), recorded_on(datetime.fromisoformat(recorded), felt_at)) is counts


def test_the_seven_days_are_those_of_the_place_where_it_was_felt() -> None:
    felt_at = datetime(2026, 11, 15, 12, tzinfo=EAST)
    recorded = datetime(2026, 11, 23, 3, 59, tzinfo=EAST)
    assert counts_for_thread(local_date_of(felt_at), recorded_on(recorded.astimezone(WEST), felt_at))
    assert not counts_for_thread(local_date_of(felt_at), recorded_on(recorded + timedelta(minutes=1), felt_at))
