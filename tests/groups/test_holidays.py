"""School holidays are left out to the day, by a reference written apart; nobody is told more than is known."""

from __future__ import annotations

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.groups import naive_season
from tests.groups.record import created, workshops_of
from wellbeing.domain.calendars import starts_at
from wellbeing.domain.seasons import Rhythm, season
from wellbeing.groups import school_holidays
from wellbeing.groups.public_holidays import name_on

PARIS = "Europe/Paris"
J7 = {"title": "Danse", "starts_on": "2026-03-19", "starts_at": "18:30", "minutes": "120", "repeat": "weekly",
      "until": "2026-06-30"}  # fmt: skip


def starts_of(cast: Cast, zone: str, **changed: str) -> list[str]:
    group = created(cast, holiday_zone=zone)
    answer = cast.browser("Fay").post(f"/groups/{group.uid}/workshops", data={**J7, **changed})
    assert answer.status_code == 303
    return [f"{workshop.starts_at:%Y-%m-%d %H:%M}" for workshop in workshops_of(cast, group)]


@pytest.mark.parametrize("zone", ["A", "B", "C"])
@pytest.mark.parametrize(
    ("first", "until", "repeat", "every"),
    [
        ("2026-03-19", "2026-06-30", "weekly", 7),  # the season of J7
        ("2026-09-03", "2027-06-30", "weekly", 7),  # both clock changes, all holidays of a school year
        ("2026-09-05", "2027-07-10", "fortnightly", 14),  # Saturdays, on some of which pupils leave
        ("2027-01-04", "2027-12-31", "weekly", 7),  # Mondays, on some of which they come back
    ],
)
def test_the_contract_alone_gives_the_dates_of_the_reference(
    cast: Cast, zone: str, first: str, until: str, repeat: str, every: int
) -> None:
    expected = naive_season.season(date.fromisoformat(first), date.fromisoformat(until), zone, every)
    assert len(expected) > 10
    found = starts_of(cast, zone, starts_on=first, until=until, repeat=repeat)
    assert found == [f"{start:%Y-%m-%d %H:%M}" for start in expected]
    assert {start[-5:] for start in found} == {"16:30", "17:30"}  # half past six in Paris, summer and winter


@given(
    st.sampled_from("ABC"), st.dates(date(2024, 1, 1), date(2028, 8, 1)), st.integers(0, 500), st.sampled_from([7, 14])
)
def test_any_season_is_that_of_the_reference(zone: str, first: date, length: int, every: int) -> None:
    until = min(first + timedelta(days=length), date(2028, 8, 31))
    off = school_holidays.of_zone(zone).off
    found = season(Rhythm(first, "weekly" if every == 7 else "fortnightly", max(first, until)), off.__contains__)
    starts = [starts_at(day, time(18, 30), PARIS).replace(tzinfo=None) for day in found.planned]
    assert starts == naive_season.season(first, max(first, until), zone, every)


@pytest.mark.parametrize(
    ("zone", "day", "off"),
    [
        ("C", "2026-02-20", False),
        ("C", "2026-02-21", False),  # Saturday: leaving after class
        ("C", "2026-02-22", True),
        ("C", "2026-03-08", True),  # Sunday, the eve of coming back
        ("C", "2026-03-09", False),  # Monday: back in the morning
        ("A", "2026-02-21", True),
        ("A", "2026-02-07", False),
        ("B", "2026-08-31", True),
        ("B", "2026-09-01", False),  # Tuesday: the school year begins
        ("C", "2028-07-04", False),  # Tuesday: summer begins after class
        ("C", "2028-07-05", True),
        ("C", "2027-05-05", False),
        ("C", "2027-05-07", True),  # the day after Ascension has no class, and nobody left the day before
        ("C", "2028-05-26", True),
    ],
)
def test_pupils_leave_after_class_and_are_back_in_the_morning(zone: str, day: str, off: bool) -> None:
    assert (date.fromisoformat(day) in school_holidays.of_zone(zone).off) is off
    assert naive_season.without_school(date.fromisoformat(day), zone) is off


def test_what_is_known_ends_with_the_last_holiday_and_not_with_the_last_line() -> None:
    assert naive_season.lines().keys() > school_holidays.of_zone("C").off
    assert school_holidays.known_until() < max(naive_season.lines())
    assert school_holidays.known_until() == max(school_holidays.of_zone("B").off)


def test_typed_ranges_keep_both_of_their_days() -> None:
    typed = school_holidays.of_ranges([(date(2026, 10, 17), date(2026, 11, 2))])
    assert sorted(typed.off) == [date(2026, 10, 18) + timedelta(n) for n in range(15)]
    assert typed.leaving == {date(2026, 10, 17)}
    assert typed.known_until == date(2026, 11, 2)
    assert school_holidays.of_ranges([]).known_until == date.min


@pytest.mark.parametrize(
    ("zone", "timezone", "day", "french", "english"),
    [
        ("C", PARIS, "2026-05-14", "Ascension", "Ascension Day"),
        ("C", PARIS, "2026-01-01", "Jour de l’an", "New Year’s Day"),
        ("C", PARIS, "2026-05-13", None, None),
        ("B", PARIS, "2026-04-03", None, None),  # Good Friday is one in Alsace alone, which no zone tells apart
        ("corse", PARIS, "2026-07-14", "Fête nationale", "National Day"),
        ("reunion", "Indian/Reunion", "2026-12-20", "Abolition de l’esclavage", "Abolition of Slavery"),
        ("polynesie", "Pacific/Tahiti", "2026-12-20", None, None),
        ("none", "Europe/Brussels", "2026-07-21", "Fête nationale", "National Day"),
        ("none", "Europe/London", "2026-12-28", "Boxing Day (observed)", "Boxing Day (observed)"),
        ("none", "UTC", "2026-12-25", None, None),
    ],
)
def test_a_public_holiday_is_called_by_its_name_in_the_language_of_the_reader(
    zone: str, timezone: str, day: str, french: str | None, english: str | None
) -> None:
    group = SimpleNamespace(holiday_zone=zone, timezone=timezone)
    assert (name_on(date.fromisoformat(day), group, "fr"), name_on(date.fromisoformat(day), group, "en")) == (
        french,
        english,
    )
