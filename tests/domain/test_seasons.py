"""A season keeps to its rhythm, leaves holidays out one by one, and a count is of dates on which people do meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.calendars import dates_of
from wellbeing.domain.refusals import EndsTwice, ImpossibleTimes, Refusal, SeasonTooLong, SeasonWithoutEnd
from wellbeing.domain.seasons import MOST_TIMES, Rhythm, season

THURSDAY = date(2026, 9, 3)
LATER = THURSDAY + timedelta(weeks=30)
rhythms = st.sampled_from(["weekly", "fortnightly", "monthly"])
offs = st.sets(st.dates(THURSDAY, THURSDAY + timedelta(weeks=110)), max_size=40)


@given(rhythms, st.integers(0, 730), offs)
def test_planned_and_removed_are_the_dates_of_the_rhythm_and_no_others(
    repeat: str, length: int, off: set[date]
) -> None:
    until = THURSDAY + timedelta(days=length)
    found = season(Rhythm(THURSDAY, repeat, until), off.__contains__)
    assert sorted([*found.planned, *found.removed]) == dates_of(THURSDAY, repeat, until)
    assert set(found.removed) <= off
    assert not set(found.planned) & off


@given(rhythms, st.integers(1, 12), offs)
def test_so_many_times_are_so_many_meetings_whatever_the_holidays(repeat: str, count: int, off: set[date]) -> None:
    found = season(Rhythm(THURSDAY, repeat, count=count), off.__contains__)
    assert len(found.planned) == count
    assert all(day < found.planned[-1] for day in found.removed)
    without = season(Rhythm(THURSDAY, repeat, found.planned[-1]), off.__contains__)
    assert (without.planned, without.removed) == (found.planned, found.removed)


@given(st.lists(st.dates(THURSDAY, LATER), max_size=20), offs)
def test_a_list_has_each_date_once_and_the_first_one_too(also: list[date], off: set[date]) -> None:
    found = season(Rhythm(THURSDAY, "dates", also=tuple(also)), off.__contains__)
    assert sorted([*found.planned, *found.removed]) == sorted({THURSDAY, *also})
    assert set(found.removed) == {THURSDAY, *also} & off


@pytest.mark.parametrize("repeat", ["none", "stage"])
def test_a_date_that_stands_alone_is_never_removed(repeat: str) -> None:
    assert season(Rhythm(THURSDAY, repeat, LATER), lambda _: True).planned == [THURSDAY]


@pytest.mark.parametrize(
    ("rhythm", "refusal", "field"),
    [
        (Rhythm(THURSDAY, "weekly"), SeasonWithoutEnd, "until"),
        (Rhythm(THURSDAY, "weekly", LATER, 3), EndsTwice, "count"),
        (Rhythm(THURSDAY, "weekly", count=0), ImpossibleTimes, "count"),
        (Rhythm(THURSDAY, "weekly", count=MOST_TIMES + 1), ImpossibleTimes, "count"),
        (Rhythm(THURSDAY, "monthly", count=30), SeasonTooLong, "count"),
        (Rhythm(THURSDAY, "dates", also=(THURSDAY + timedelta(days=800),)), SeasonTooLong, "dates"),
        (Rhythm(THURSDAY, "dates", also=tuple(THURSDAY + timedelta(n) for n in range(200))), ImpossibleTimes, "dates"),
    ],
)
def test_a_season_that_cannot_be_is_refused_beside_what_asked_for_it(
    rhythm: Rhythm, refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        season(rhythm, lambda _: False)
    assert refused.value.field == field
