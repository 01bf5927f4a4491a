"""Groups meet on the dates they said, at the hour they said."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.calendars import dates_of, starts_at
from wellbeing.domain.refusals import EndsBeforeStart, Refusal, SeasonTooLong, SeasonWithoutEnd, UnknownRepeat

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PARIS = ZoneInfo("Europe/Paris")


# --- seasons ----------------------------------------------------------------------------------------------------------
def iso(dates: list[date]) -> list[str]:
    return [day.isoformat()[5:] for day in dates]


@pytest.mark.parametrize(
    ("starts_on", "repeat", "until", "dates"),
    [
        ("2026-09-01", "none", None, "09-01"),
        ("2026-09-01", "none", "2020-01-01", "09-01"),
        ("2026-09-01", "weekly", "2026-09-22", "09-01 09-08 09-15 09-22"),
        ("2026-09-01", "weekly", "2026-09-21", "09-01 09-08 09-15"),
        ("2026-09-01", "weekly", "2026-09-01", "09-01"),
        ("2026-09-01", "fortnightly", "2026-10-01", "09-01 09-15 09-29"),
        ("2026-09-15", "monthly", "2027-02-28", "09-15 10-20 11-17 12-15 01-19 02-16"),  # third Tuesdays
        ("2026-09-29", "monthly", "2027-01-31", "09-29 10-27 11-24 12-29 01-26"),  # fifth, else last
        ("2026-09-15", "monthly", "2026-10-19", "09-15"),
        ("2028-02-29", "weekly", "2028-03-07", "02-29 03-07"),
    ],
)
def test_a_group_meets_on_the_dates_it_said(starts_on: str, repeat: str, until: str | None, dates: str) -> None:
    end = date.fromisoformat(until) if until else None
    assert " ".join(iso(dates_of(date.fromisoformat(starts_on), repeat, end))) == dates


@given(days, st.sampled_from(["weekly", "fortnightly", "monthly"]), st.integers(0, 732))
def test_a_season_keeps_its_weekday_its_bounds_and_its_pace(starts_on: date, repeat: str, length: int) -> None:
    until = starts_on + timedelta(length)
    dates = dates_of(starts_on, repeat, until)
    assert dates[0] == starts_on
    assert dates == sorted(set(dates))
    assert dates[-1] <= until
    assert len(dates) <= 106
    assert {day.weekday() for day in dates} == {starts_on.weekday()}
    apart = {(later - day).days for day, later in pairwise(dates)}
    assert apart <= {"weekly": {7}, "fortnightly": {14}, "monthly": {28, 35}}[repeat]
    if repeat == "monthly":
        assert len({(day.year, day.month) for day in dates}) == len(dates)
        assert (until.year - starts_on.year) * 12 + until.month - starts_on.month - len(dates) in (-1, 0)


@pytest.mark.parametrize(
    ("repeat", "until", "refusal"),
    [
        ("daily", date(2026, 12, 1), UnknownRepeat),
        ("", None, UnknownRepeat),
        ("weekly", None, SeasonWithoutEnd),
        ("monthly", date(2026, 8, 31), EndsBeforeStart),
        ("weekly", date(2028, 9, 3), SeasonTooLong),
        ("fortnightly", date.max, SeasonTooLong),
    ],
)
def test_a_season_that_cannot_be_is_refused_by_name(repeat: str, until: date | None, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        dates_of(date(2026, 9, 1), repeat, until)


def test_two_years_can_be_planned() -> None:
    assert dates_of(date(2026, 9, 1), "weekly", date(2028, 9, 1))[-1] == date(2028, 8, 29)


# --- hours ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        ("2026-10-20", "18:30", "Europe/Paris", "2026-10-20T16:30Z"),
        ("2026-10-27", "18:30", "Europe/Paris", "2026-10-27T17:30Z"),
        ("2026-03-29", "02:30", "Europe/Paris", "2026-03-29T01:30Z"),  # skipped: 03:30
        ("2026-10-25", "02:30", "Europe/Paris", "2026-10-25T00:30Z"),  # twice: the first
        ("2026-11-22", "09:00", "Pacific/Kiritimati", "2026-11-21T19:00Z"),
        ("2026-11-22", "20:00", "Pacific/Niue", "2026-11-23T07:00Z"),
    ],
)
def test_a_workshop_keeps_its_hour_when_the_clocks_change(day: str, at: str, zone: str, instant: str) -> None:
    found = starts_at(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert found == datetime.fromisoformat(instant)
    assert found.tzinfo is UTC


def test_a_skipped_hour_is_as_much_later_on_the_wall() -> None:
    assert starts_at(date(2026, 3, 29), time(2, 30), PARIS).astimezone(PARIS).time() == time(3, 30)
