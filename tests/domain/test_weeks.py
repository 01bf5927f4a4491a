"""A week is kept, neutral or missed, and says why it rests."""

from datetime import date, timedelta

import pytest

from wellbeing.domain.refusals import UnknownPace
from wellbeing.domain.weeks import Belonging, Facts, Rest, Week, checked_pace, pace_starts, weeks_of

SIGN_UP = date(2026, 9, 2)  # a Wednesday
WEEKS = [date(2026, 8, 31) + timedelta(7 * n) for n in range(6)]
TODAY = WEEKS[5] + timedelta(3)


def weeks(**facts: object) -> list[Week]:
    return list(weeks_of(Facts(SIGN_UP, **facts), TODAY))  # type: ignore[arg-type]


def rests(**facts: object) -> list[Rest | None]:
    return [week.rest for week in weeks(**facts)]


def test_weeks_run_from_sign_up_to_today() -> None:
    assert [week.monday for week in weeks()] == WEEKS
    assert [week.neutral for week in weeks()] == [True, False, False, False, False, False]


def test_a_week_logged_or_attended_before_sign_up_counts_too() -> None:
    before = WEEKS[0] - timedelta(14)
    assert [week.kept for week in weeks(workshops={before: 1})] == [True] + [False] * 7


def test_one_workshop_keeps_a_week_and_so_do_as_many_days_as_the_pace_says() -> None:
    found = weeks(days={WEEKS[1]: 2, WEEKS[2]: 3}, workshops={WEEKS[0]: 1, WEEKS[3]: 2})
    assert [week.kept for week in found] == [True, False, True, True, False, False]
    assert not found[0].neutral, "a kept week is kept, even the first"


def test_a_pace_takes_effect_on_its_monday_and_past_weeks_keep_theirs() -> None:
    assert [week.goal for week in weeks(paces=[(WEEKS[3], 5), (WEEKS[1], 1)])] == [3, 1, 1, 5, 5, 5]
    assert [week.goal for week in weeks(paces=[(date(2020, 1, 6), 2)])] == [2] * 6
    assert pace_starts(TODAY) == WEEKS[5] + timedelta(7)
    assert pace_starts(WEEKS[0]) == WEEKS[1]


@pytest.mark.parametrize("goal", [1, 2, 3, 5, 7, "1", "7"])
def test_there_are_five_paces(goal: int | str) -> None:
    assert checked_pace(goal) == int(goal)


@pytest.mark.parametrize("goal", [0, 4, 6, 8, -1, True, "", "3 ", "three", "03", "٣"])
def test_another_pace_is_refused(goal: int | str) -> None:
    with pytest.raises(UnknownPace):
        checked_pace(goal)


@pytest.mark.parametrize(
    ("first", "last", "neutral"),
    [
        (WEEKS[2] + timedelta(6), WEEKS[2] + timedelta(6), [2]),  # one Sunday
        (WEEKS[2] + timedelta(6), WEEKS[3], [2, 3]),  # Sunday and Monday
        (WEEKS[4], None, [4, 5]),  # open
        (WEEKS[3], WEEKS[3] - timedelta(1), []),  # ended before it began
        (date(2020, 1, 1), date(2030, 1, 1), [0, 1, 2, 3, 4, 5]),
    ],
)
def test_a_pause_rests_every_week_it_touches(first: date, last: date | None, neutral: list[int]) -> None:
    paused = [n for n, rest in enumerate(rests(pauses=[(first, last)])) if rest is Rest.PAUSE]
    assert paused == neutral


def test_a_week_in_which_no_group_meets_does_not_count() -> None:
    willow = Belonging(SIGN_UP, None, frozenset({WEEKS[1], WEEKS[3]}))
    oak = Belonging(SIGN_UP, None, frozenset({WEEKS[2]}))
    none, rest = None, Rest.NO_WORKSHOP
    assert rests(groups=[willow])[1:] == [none, rest, none, rest, rest]
    assert rests(groups=[willow, oak])[1:] == [none, none, none, rest, rest]
    assert rests(groups=[])[1:] == [none] * 5, "nobody without a group has a calendar"


def test_a_group_has_a_say_only_while_one_belongs_to_it() -> None:
    left = Belonging(SIGN_UP, WEEKS[2] + timedelta(1), frozenset({WEEKS[1], WEEKS[3]}))
    assert rests(groups=[left])[1:] == [None, Rest.NO_WORKSHOP, None, None, None]


def test_a_pause_is_the_reason_that_is_said_first() -> None:
    empty = Belonging(SIGN_UP, None, frozenset())
    assert rests(groups=[empty], pauses=[(SIGN_UP, WEEKS[1])])[:3] == [Rest.PAUSE, Rest.PAUSE, Rest.NO_WORKSHOP]
    assert rests(groups=[empty])[0] is Rest.SIGN_UP
