"""Lives to try the thread on: written as letters of weeks, or drawn day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.domain.naive_streak import Life, Seen
from wellbeing.domain.days import counts_for_thread, monday_of
from wellbeing.domain.streaks import Streak
from wellbeing.domain.weeks import Belonging, Facts, Rest, Weeks

START = date(2026, 1, 5)  # a Monday


def written(letters: str, start: date = START) -> Weeks:
    """Weeks from letters: K kept, M missed, N neutral."""
    kinds = {"K": (0, 1, 3, None), "M": (2, 0, 3, None), "N": (0, 0, 3, Rest.PAUSE)}
    return Weeks(start, *zip(*(kinds[letter] for letter in letters), strict=True))


def after(letters: str, start: date = START) -> date:
    """The Monday that follows them: all of them are closed."""
    return start + timedelta(7 * len(letters))


def seen(streak: Streak) -> Seen:
    """A streak in the words of the naive reference."""
    regularity = streak.regularity
    return Seen(
        thread=streak.count or None,
        longest=streak.longest,
        kept_in_all=streak.kept_in_all,
        state=streak.state.value,
        regularity=(regularity.kept, regularity.of) if regularity else None,
        unbroken=streak.unbroken,
        gap=streak.gap,
        past=[thread.count for thread in streak.threads],
    )


def facts_of(life: Life) -> Facts:
    """The facts that the journal's queries would gather from a life."""
    logged = {day for day, recorded in life.moods if counts_for_thread(day, recorded)}
    return Facts(
        signed_up_on=life.signed_up,
        days=Counter(monday_of(day) for day in logged),
        workshops=Counter(monday_of(day) for day, cancelled in life.workshops if not cancelled),
        paces=[(monday_of(chosen) + timedelta(7), goal) for chosen, goal in life.paces],
        pauses=life.pauses,
        groups=[Belonging(since, until, _mondays(held)) for since, until, held in life.groups],
    )


def _mondays(held: Sequence[tuple[date, bool]]) -> frozenset[date]:
    return frozenset(monday_of(day) for day, cancelled in held if not cancelled)


TODAY = date(2026, 11, 22)
days = st.dates(TODAY - timedelta(300), TODAY)
spans = st.tuples(days, st.none() | days)
held = st.lists(st.tuples(days, st.booleans()), max_size=25)
moods = st.tuples(days, st.integers(0, 9)).map(lambda m: (m[0], min(m[0] + timedelta(m[1]), TODAY)))
paces = st.lists(
    st.tuples(days, st.sampled_from([1, 2, 3, 5, 7])), max_size=3, unique_by=lambda pace: monday_of(pace[0])
)
lives = st.builds(
    Life,
    signed_up=days,
    moods=st.lists(moods, max_size=60),
    workshops=held,
    paces=paces.map(sorted),
    pauses=st.lists(spans, max_size=2),
    groups=st.lists(st.builds(lambda span, dates: (*span, dates), spans, held), max_size=2),
)
letters = st.text(alphabet="KMN", max_size=60)
