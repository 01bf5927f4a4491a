"""What always holds of a thread, P1 to P7, against a reference written separately."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.domain.lives import START, TODAY, after, facts_of, letters, lives, moods, seen, written
from tests.domain.naive_streak import Life, count, naive_streak
from wellbeing.domain.days import counts_for_thread, local_date_of, monday_of, recorded_on, today_in
from wellbeing.domain.streaks import Streak, streak_on
from wellbeing.domain.weeks import weeks_of


def of(life: Life, today: date = TODAY) -> Streak:
    return streak_on(today, weeks_of(facts_of(life), today))


@given(letters)
def test_the_fold_is_what_the_prose_says(weeks: str) -> None:
    assert seen(streak_on(after(weeks), written(weeks))) == count(weeks)


@given(lives)
def test_a_life_gives_the_thread_that_the_prose_gives(life: Life) -> None:
    assert seen(of(life)) == naive_streak(life, TODAY)


@given(lives, st.sampled_from([date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)]))
def test_leap_days_and_the_53rd_week_are_days_and_weeks_like_others(life: Life, around: date) -> None:
    """P5: the same life, moved to each odd corner of the calendar, whole weeks at a time or not."""
    by = around - TODAY

    def moved(day: date) -> date:
        return day + by

    there = Life(
        moved(life.signed_up),
        [(moved(day), moved(recorded)) for day, recorded in life.moods],
        [(moved(day), cancelled) for day, cancelled in life.workshops],
        [(moved(chosen), goal) for chosen, goal in life.paces],
        [(moved(first), last and moved(last)) for first, last in life.pauses],
        [(moved(s), u and moved(u), [(moved(day), c) for day, c in held]) for s, u, held in life.groups],
    )
    assume(len({monday_of(chosen) for chosen, _ in there.paces}) == len(there.paces))
    for days in range(9):
        today = around + timedelta(days)
        assert seen(of(there, today)) == naive_streak(there, today)


@given(letters, st.data())
@example("KKKKKMMMMMK", None)
def test_turning_a_week_for_the_better_never_lowers_anything(weeks: str, data: st.DataObject | None) -> None:
    """P1: M into K, M into N, N into K."""
    before = streak_on(after(weeks), written(weeks))
    places = range(len(weeks)) if data is None else [data.draw(st.integers(0, max(len(weeks) - 1, 0)))]
    for place in places:
        for better in {"M": "KN", "N": "K"}.get(weeks[place : place + 1], ""):
            turned = weeks[:place] + better + weeks[place + 1 :]
            then = streak_on(after(turned), written(turned))
            assert then.count >= before.count, turned
            assert then.longest >= before.longest, turned
            assert then.kept_in_all >= before.kept_in_all, turned


@given(lives, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(life: Life, chance: random.Random) -> None:
    """P2, of what was lived."""
    first = of(life)
    for lived in (life.moods, life.workshops, life.paces, life.pauses, life.groups):
        chance.shuffle(lived)
    assert of(life) == first


@given(lives, st.integers(0, 24 * 14))
def test_another_zone_changes_no_past_week(life: Life, hours: int) -> None:
    """P3: a zone says only what day it is. Weeks that are over everywhere are the same everywhere."""
    now = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=hours)
    todays = [today_in(zone, now) for zone in ("Pacific/Kiritimati", "Europe/Paris", "Pacific/Niue")]
    over = min(monday_of(today) for today in todays)
    for today in todays:
        weeks = weeks_of(facts_of(life), today)
        assert [week for week in weeks if week.monday < over] == list(weeks_of(facts_of(life), over))[:-1]


@given(lives, st.lists(moods, max_size=8), st.integers(1, 6))
def test_nothing_falls_during_the_open_week(life: Life, added: list[tuple[date, date]], days: int) -> None:
    """P4: from Monday on, whatever comes or does not come, no figure goes down and no state gets worse."""
    monday = monday_of(TODAY)
    life.moods = [mood for mood in life.moods if mood[0] <= monday]
    before = of(life, monday)
    life.moods += [mood for mood in added if monday <= mood[0] <= monday + timedelta(days)]
    then = of(life, monday + timedelta(days))
    assert then.count >= before.count
    assert then.longest >= before.longest
    assert then.kept_in_all >= before.kept_in_all
    assert then.gap <= before.gap
    if before.state == "held":
        assert then.state == "held"


@pytest.mark.parametrize("hour", [0, 3, 4, 12, 23])
def test_a_far_traveller_keeps_the_same_weeks(hour: int) -> None:
    """P7: a mood each evening, flying between UTC+14 and UTC−11 every day, for a year: no day gained, none lost."""
    east, west = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue")
    signed_up = START
    life, home = Life(signed_up), Life(signed_up)
    life.paces = home.paces = [(START - timedelta(7), 7)]
    for n in range(364):
        lived_on = START + timedelta(n)
        clock = datetime.combine(lived_on + timedelta(hour < 4), datetime.min.time()) + timedelta(hours=hour)
        felt_at = clock.replace(tzinfo=east if n % 2 else west)
        assert local_date_of(felt_at) == lived_on
        assert counts_for_thread(lived_on, recorded_on(felt_at.astimezone(UTC), felt_at))
        life.moods.append((local_date_of(felt_at), recorded_on(felt_at.astimezone(UTC), felt_at)))
        home.moods.append((lived_on, lived_on))
    today = START + timedelta(363)
    assert of(life, today) == of(home, today)
    assert of(life, today).count == 52


def test_nothing_falls_when_flying_west_over_the_end_of_a_week() -> None:
    """P4 and P7: kept on Monday in Kiritimati, it is still kept on the Sunday that Niue lives again."""
    monday = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Pacific/Kiritimati"))
    life = Life(date(2026, 11, 2), workshops=[(date(2026, 11, 18), False), (local_date_of(monday), False)])
    here = today_in("Pacific/Niue", monday)
    assert here.isoweekday() == 7
    assert of(life, here).count == 1
    assert of(life, today_in("Pacific/Niue", monday, lived=local_date_of(monday))).count == 2
