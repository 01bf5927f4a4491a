"""What a calendar is told of a zone reads like the zone itself, at every hour and on both sides of a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.clocks import spans

ZONES = ("Europe/Paris", "Europe/Dublin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe",
         "Africa/Casablanca", "Asia/Kolkata", "Pacific/Kiritimati", "America/Guadeloupe", "UTC")  # fmt: skip


@given(zone=st.sampled_from(ZONES), minutes=st.integers(0, 2 * 365 * 24 * 60))
def test_the_spans_read_like_the_zone(zone: str, minutes: int) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    running = [span for span in spans(zone, 2026, 2027) if span.begins - span.before <= instant.replace(tzinfo=None)]
    assert running[-1].offset == instant.astimezone(ZoneInfo(zone)).utcoffset()


def test_summer_begins_at_the_hour_that_is_skipped_and_ends_at_the_hour_that_comes_twice() -> None:
    told = [(span.begins, span.before, span.offset, span.ahead) for span in spans("Europe/Paris", 2026, 2026)[1:]]
    one, two = timedelta(hours=1), timedelta(hours=2)
    assert told == [
        (datetime(2026, 3, 29, 2), one, two, True),  # noqa: DTZ001 - as a wall clock says it
        (datetime(2026, 10, 25, 3), two, one, False),  # noqa: DTZ001
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_has_an_hour_of_its_own_that_is_not_called_summer(zone: str) -> None:
    told = spans(zone, 2026, 2027)
    assert any(not span.ahead for span in told)
    assert list(told) == sorted(told, key=lambda span: span.begins)
