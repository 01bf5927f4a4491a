"""What the thread says, and when. Returning is said in the week it happens, and never again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wellbeing.domain.days import monday_of
from wellbeing.domain.streaks import State, Turn
from wellbeing.domain.weeks import Rest
from wellbeing.streak.today import ThreadToday
from wellbeing.web.locale import day, number, t, tn

MILESTONES = {5: "thread.m5", 10: "thread.m10", 25: "thread.m25"}


@dataclass(frozen=True)
class Line:
    """The thread in one line on Today: its sentences, the number they show, the state, the drawing. Empty: nothing."""

    sentences: list[str] = field(default_factory=list)
    number: int | None = None
    state: str = ""
    strand: list[str] = field(default_factory=list)


def line_of(thread: ThreadToday) -> Line:
    """What Today says; an empty line when the thread is hidden (rule 16)."""
    if thread.hidden:
        return Line()
    return Line(sentences_of(thread), thread.number, thread.streak.state.value, thread.strand)


def sentences_of(thread: ThreadToday) -> list[str]:
    """The sentences of the state, or of the return if the running week was kept again; then why this week rests."""
    return [*(_turned(thread) or _standing(thread)), *_resting(thread)]


def _turned(thread: ThreadToday) -> list[str]:
    """What keeping this week has done. In a week that only continues the thread, nothing but its number is said."""
    streak = thread.streak
    match streak.turn:
        case Turn.FIRST:
            first = t("thread.first_session") if thread.week.workshops else t("thread.first_kept")
            return [first, tn("thread.n", streak.count)]
        case Turn.BACK:
            return [t("thread.back", n=number(streak.count))]
        case Turn.BACK_LONG:
            return [t("thread.back_long", n=number(streak.count))]
        case Turn.ANEW:
            return [tn("thread.new_after_archive", streak.threads[-1].count), tn("thread.n", streak.count)]
        case _:
            return []


def _standing(thread: ThreadToday) -> list[str]:
    """The state in words; resting is silent, and an archived thread shows no number (rule 8)."""
    streak = thread.streak
    match streak.state:
        case State.NEW if monday_of(thread.signed_up_on) == thread.week.monday:
            return [t("thread.first_week")]
        case State.NEW:
            return [tn("thread.new", thread.goal)]
        case State.WAITING:
            return [t("thread.waiting"), tn("thread.n", streak.count)]
        case State.ARCHIVED:
            return [t("thread.archived")]
        case _:
            return [tn("thread.n", streak.count)]


def _resting(thread: ThreadToday) -> list[str]:
    """A pause that is on, or a week in which no group meets, because of holidays or not."""
    if thread.pause:
        until = thread.pause[1]
        return [t("thread.pause_on", date=day(until)) if until else t("thread.pause_open")]
    if thread.week.neutral and thread.week.rest is Rest.NO_WORKSHOP:
        until = thread.holidays_until
        return [t("thread.holiday", date=day(until)) if until else t("thread.neutral")]
    return []


def asides_of(thread: ThreadToday) -> list[str]:
    """What `/streak` adds, and Today does not: one more week, a number of workshops reached this week, a year."""
    said = []
    if thread.streak.turn is Turn.GROWN:
        said.append(_grown(thread))
    if thread.streak.state in (State.WAITING, State.ARCHIVED):
        said.append(t("thread.back_hard"))
    reached = range(thread.total_workshops - thread.week.workshops + 1, thread.total_workshops + 1)
    said += [t(key) for count, key in MILESTONES.items() if count in reached]
    if thread.first_workshop_on and monday_of(_a_year_after(thread.first_workshop_on)) == thread.week.monday:
        said.append(t("thread.year"))
    return said


def _grown(thread: ThreadToday) -> str:
    """Three ways of saying it, one a week, by turns."""
    turn = thread.week.monday.toordinal() // 7 % 3
    if turn == 1 and thread.week.workshops:
        return t("thread.grow_b")
    return t("thread.grow_c", n=number(thread.streak.count)) if turn == 2 else t("thread.grow_a")


def _a_year_after(first: date) -> date:
    try:
        return first.replace(year=first.year + 1)
    except ValueError:  # 29 February
        return first.replace(year=first.year + 1, day=28)
