"""The thread: what the table says, what it says of itself, and what ten years cost."""

from datetime import date, timedelta
from time import perf_counter

import pytest

from tests.domain.lives import START, after, seen, written
from wellbeing.domain.streaks import Regularity, State, Streak, Thread, Turn, streak_on
from wellbeing.domain.weeks import Facts, Week, weeks_of


def streak(letters: str) -> Streak:
    return streak_on(after(letters), written(letters))


@pytest.mark.parametrize(
    ("letters", "thread", "longest", "in_all", "state", "regularity"),
    [
        ("", None, 0, 0, "new", None),
        ("KKM", 2, 2, 2, "resting", (2, 3)),
        ("KKMMK", 3, 3, 3, "held", (3, 5)),
        ("KKMMM", 2, 2, 2, "waiting", (2, 5)),
        ("KKMMMMM", None, 2, 2, "archived", (2, 7)),
        ("KKMMMMMK", 1, 2, 3, "held", (3, 8)),
        ("KKNNNNNNNNK", 3, 3, 3, "held", (3, 3)),
        ("MMMK", 1, 1, 1, "held", (1, 1)),
        ("KMMKMMKMMK", 4, 4, 4, "held", (3, 8)),
        ("KKMMMMK", 3, 3, 3, "held", (3, 7)),
        ("KMMNNNMMK", 2, 2, 2, "held", (2, 6)),
        ("KMMNMMNM", None, 1, 1, "archived", (1, 6)),
        ("KMMMMMMMMMM", None, 1, 1, "archived", (0, 8)),
    ],
)
def test_the_thread_is_what_the_table_says(
    letters: str, thread: int | None, longest: int, in_all: int, state: str, regularity: tuple[int, int] | None
) -> None:
    found = seen(streak(letters))
    assert (found.thread, found.longest, found.kept_in_all) == (thread, longest, in_all)
    assert (found.state, found.regularity) == (state, regularity)


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        ("K", "held"),
        ("KM", "resting"),
        ("KMM", "resting"),
        ("KMMM", "waiting"),
        ("KMMMM", "waiting"),
        ("KMMMMM", "archived"),
    ],
)
def test_a_thread_rests_then_waits_then_is_put_away(letters: str, state: str) -> None:
    assert streak(letters).state == State(state)


def test_a_thread_put_away_shows_no_number_and_stays_among_the_threads() -> None:
    put_away = streak("KKMKMMMMM")
    assert put_away.count == 0
    assert put_away.threads == (Thread(START, START + timedelta(21), 3),)


def test_a_new_thread_leaves_the_old_one_among_the_threads() -> None:
    anew = streak("KKMMMMMKK")
    assert (anew.count, anew.longest) == (2, 2)
    assert anew.threads == (Thread(START, START + timedelta(7), 2),)


@pytest.mark.parametrize(
    ("letters", "unbroken"),
    [
        ("", False),
        ("K", True),
        ("KNK", True),
        ("MMKK", True),
        ("KMK", False),
        ("KKM", False),
        ("KMMMMMK", True),
        ("KMMMMM", False),
    ],
)
def test_a_thread_is_all_in_one_piece_while_no_week_of_it_was_missed(letters: str, unbroken: bool) -> None:
    assert streak(letters).unbroken is unbroken


@pytest.mark.parametrize(
    ("before", "turn"),
    [("", "first"), ("MM", "first"), ("K", "grown"), ("KN", "grown"), ("KM", "back"), ("KMNM", "back"),
     ("KMMM", "back_long"), ("KMMMM", "back_long"), ("KMMMMM", "anew"), ("KMMMMMK", "grown")],
)  # fmt: skip
def test_keeping_the_current_week_is_said_once(before: str, turn: str) -> None:
    weeks = written(before + "K")
    assert streak_on(weeks.week(-1).monday + timedelta(2), weeks).turn == Turn(turn)
    assert streak_on(weeks.week(-1).monday + timedelta(7), weeks).turn is None, "next week it is said no more"


def test_the_open_week_is_never_missed() -> None:
    closed, opened = written("KK"), written("KKM")
    for day in range(7):
        today = opened.week(-1).monday + timedelta(day)
        assert streak_on(today, opened) == streak_on(today, closed)
        assert streak_on(today, opened).state == State.HELD
        assert streak_on(today, written("KKK")).count == 3


def test_weeks_to_come_are_not_looked_at() -> None:
    assert streak_on(START, written("KKKK")).count == 1


def test_regularity_looks_back_eight_weeks_that_count() -> None:
    assert streak("KNNMKNK").regularity == Regularity(3, 4)
    assert streak("KKKKKKKKKM").regularity == Regularity(7, 8)


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("goal", [1, 2, 3, 5])
def test_ten_days_ending_yesterday_are_not_nothing(day: int, goal: int) -> None:
    """P6, whatever the weekday. Seven days a week is another promise: ten days need not hold a whole week."""
    today = date(2026, 11, 16) + timedelta(day)
    logged = [today - timedelta(back) for back in range(1, 11)]
    per_week: dict[date, int] = {}
    for one in logged:
        monday = one - timedelta(one.weekday())
        per_week[monday] = per_week.get(monday, 0) + 1
    facts = Facts(signed_up_on=min(logged), days=per_week, paces=[(date(2026, 1, 5), goal)])
    assert streak_on(today, weeks_of(facts, today)).count >= 1


def test_ten_years_cost_no_more_than_a_blink() -> None:
    today = START + timedelta(7 * 520)
    mondays = [START + timedelta(7 * n) for n in range(521)]
    facts = Facts(START, days=dict.fromkeys(mondays[::2], 4), pauses=[(mondays[50], mondays[60]), (mondays[500], None)])

    def once() -> float:
        began = perf_counter()
        streak_on(today, weeks_of(facts, today))
        return perf_counter() - began

    assert len(weeks_of(facts, today)) == 521
    assert min(once() for _ in range(20)) < 0.010, "two milliseconds on an idle core, five times that on a busy one"


def test_a_week_is_a_plain_value() -> None:
    assert Week(START, 3, 0, 3, None).kept
    assert not Week(START, 2, 0, 3, None).kept
