"""A stage is one workshop: it begins with its first part, ends with its last, and its parts do not overlap."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.refusals import ImpossibleLength, ImpossibleSlot, Refusal, SlotsOverlap
from wellbeing.domain.stages import Hours, Span, timed

PARIS = "Europe/Paris"
SATURDAY, SUNDAY = date(2026, 3, 28), date(2026, 3, 29)  # the clocks go forward in the night between them


def test_an_ordinary_workshop_has_no_parts() -> None:
    found = timed([Hours(SATURDAY, time(18, 30), 90)], PARIS)
    assert found.whole == Span(datetime(2026, 3, 28, 17, 30, tzinfo=UTC), 90)
    assert found.slots == ()


def test_a_week_end_keeps_its_hours_in_the_night_when_the_clocks_change() -> None:
    found = timed([Hours(SUNDAY, time(10), 360), Hours(SATURDAY, time(10), 420)], PARIS)
    assert [slot.on_clock(PARIS)[0].isoformat() for slot in found.slots] == [
        "2026-03-28T10:00:00+01:00",
        "2026-03-29T10:00:00+02:00",
    ]
    assert found.whole.minutes == 29 * 60  # ten to sixteen, the next day, less the hour that was skipped
    assert found.whole.days(PARIS) == (SATURDAY, SUNDAY)


hours = st.builds(
    Hours,
    st.dates(SATURDAY, SUNDAY + timedelta(2)),
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])),
    st.integers(5, 1440),
)


@given(st.lists(hours, min_size=2, max_size=5))
def test_the_whole_is_from_the_first_start_to_the_last_end(typed: list[Hours]) -> None:
    try:
        found = timed(typed, PARIS)
    except (ImpossibleSlot, SlotsOverlap):
        return
    assert len(found.slots) == len(typed)
    assert list(found.slots) == sorted(found.slots)
    assert found.whole.starts_at == found.slots[0].starts_at
    assert found.whole.ends_at == found.slots[-1].ends_at
    assert found.whole.minutes >= sum(slot.minutes for slot in found.slots)
    assert timed(typed[::-1], PARIS) == found


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ([Hours(SATURDAY, time(10), 4)], ImpossibleLength),
        ([Hours(SATURDAY, time(10), 5761)], ImpossibleLength),
        ([Hours(SATURDAY, time(10), 60), Hours(SUNDAY, time(10), 1441)], ImpossibleSlot),
        ([Hours(SATURDAY, time(10), 60), Hours(SUNDAY, time(10), 4)], ImpossibleSlot),
        ([Hours(SATURDAY, time(10), 60), Hours(SATURDAY + timedelta(7), time(10), 60)], ImpossibleSlot),
        ([Hours(SATURDAY, time(10), 60), Hours(SATURDAY, time(10, 59), 60)], SlotsOverlap),
        ([Hours(SATURDAY, time(10), 60), Hours(SATURDAY, time(10), 60)], SlotsOverlap),
    ],
)
def test_what_cannot_be_is_refused_by_name(typed: list[Hours], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        timed(typed, PARIS)


@pytest.mark.parametrize(
    ("starts_at", "minutes", "days"),
    [
        ("2026-03-14T20:00+01:00", 90, 1),
        ("2026-03-14T20:00+01:00", 420, 1),  # until three in the morning: the same evening
        ("2026-03-14T02:00+01:00", 60, 1),
        ("2026-03-14T20:00+01:00", 540, 2),
        ("2026-03-13T18:00+01:00", 2880, 3),
    ],
)
def test_an_evening_that_goes_on_after_midnight_is_one_day(starts_at: str, minutes: int, days: int) -> None:
    first, last = Span(datetime.fromisoformat(starts_at), minutes).days(PARIS)
    assert (last - first).days + 1 == days
