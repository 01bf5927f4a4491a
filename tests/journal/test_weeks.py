"""The summary of each week says what the entries say, whatever was created, changed, moved and deleted."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.journal.record import entries, note_mood, weeks
from wellbeing.journal.feeling import Feeling
from wellbeing.journal.operations import noting

DAYS = st.integers(-30, 0)
GESTURES = st.lists(
    st.one_of(
        st.tuples(st.just("note"), DAYS, st.integers(0, 23)),
        st.tuples(st.just("move"), DAYS, st.integers(0, 23)),
        st.tuples(st.just("change"), DAYS, st.integers(0, 9)),
        st.tuples(st.just("delete"), DAYS, st.integers(0, 9)),
    ),
    max_size=12,
)


def said_by_entries(cast: Cast, name: str) -> dict[str, tuple[int, int]]:
    days: dict[str, set[str]] = defaultdict(set)
    counted: dict[str, set[str]] = defaultdict(set)
    for entry in entries(cast, name):
        day = date.fromisoformat(str(entry.local_date))
        monday = str(day - timedelta(days=day.weekday()))
        days[monday].add(str(day))
        if entry.in_time:
            counted[monday].add(str(day))
    return {monday: (len(days[monday]), len(counted[monday])) for monday in days}


@pytest.mark.parametrize("seed", [0])
@given(gestures=GESTURES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_week_is_always_the_sum_of_its_entries(cast: Cast, seed: int, gestures: list[tuple[str, int, int]]) -> None:
    keyring, ana, now = cast.app.config["KEYRING"], cast.person("Ana"), cast.now
    known = [entry.uid for entry in entries(cast, "Ana")]
    with cast.app.app_context():
        for gesture, days, number in gestures:
            felt_at: datetime = (now + timedelta(days=days)).replace(hour=number if gesture in ("note", "move") else 12)
            chosen = known[number % len(known)] if known else ""
            if gesture == "note":
                known.append(uuid.uuid4().hex)
                assert noting.log_mood(ana, known[-1], Feeling(3, felt_at=felt_at), keyring, now)
            elif chosen and gesture == "move":
                assert noting.move(ana, chosen, felt_at, keyring, now)
            elif chosen and gesture == "change":
                assert noting.change(ana, chosen, Feeling(5), keyring, now)
            elif chosen:
                known.remove(chosen)
                assert noting.delete_entry(ana, chosen, keyring, now)
    assert {entry.uid for entry in entries(cast, "Ana")} == set(known)
    assert weeks(cast, "Ana") == said_by_entries(cast, "Ana")


def test_a_week_of_somebody_else_is_not_counted(cast: Cast) -> None:
    note_mood(cast, "Cleo")
    note_mood(cast, "Ana", felt_at="2026-03-10")
    note_mood(cast, "Ana")
    assert weeks(cast, "Ana") == {"2026-03-09": (2, 2)}
    assert weeks(cast, "Cleo") == {"2026-03-09": (1, 1)}
