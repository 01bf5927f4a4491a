"""The page of the thread, and the forms on it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import ImpossibleDate, Refusal, UnknownPace
from wellbeing.domain.weeks import PACES
from wellbeing.models.person import Person
from wellbeing.streak import operations, queries
from wellbeing.streak.forms import PauseForm, ThreadForm, UnknownChoice
from wellbeing.streak.lines import asides_of, sentences_of
from wellbeing.streak.operations import LONGEST_PAUSE
from wellbeing.streak.today import ThreadToday
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import typed
from wellbeing.web.fragments import answer, fragment, page, wants_fragments
from wellbeing.web.guards import participant

bp = Blueprint("streak", __name__)


@bp.get("/streak")
@participant
def mine(person: Person) -> Response:
    return _page(queries.thread_of(person, clock.now()))


@bp.post("/streak")
@participant
def change(person: Person) -> AnyResponse:
    form = typed(ThreadForm)
    now = clock.now()
    try:
        hidden = form.wants_hidden()
        if form.goal.data is not None:
            operations.change_pace(person, form.goal.data, clock.today_for(person, now))
        if hidden is not None:
            operations.hide(person, hidden)
    except (UnknownPace, UnknownChoice) as refusal:
        return _page(queries.thread_of(person, now), refusal)
    if wants_fragments():
        return Response(fragment("streak/_pace.html", **_pace(queries.thread_of(person, now))))
    return redirect("/streak", 303)


@bp.post("/streak/pause")
@participant
def pause(person: Person) -> AnyResponse:
    form = typed(PauseForm)
    now = clock.now()
    try:
        operations.pause(person, form.last_day(), clock.today_for(person, now))
    except ImpossibleDate as refusal:
        return _page(queries.thread_of(person, now), refusal, until=form.until.data or "")
    return _paused(person)


@bp.post("/streak/pause/end")
@participant
def resume(person: Person) -> AnyResponse:
    operations.resume(person, clock.today_for(person, clock.now()))
    return _paused(person)


def _paused(person: Person) -> AnyResponse:
    thread = queries.thread_of(person, clock.now())
    changed = fragment("streak/_pause.html", **_pause(thread))
    return answer(changed, fragment("streak/_thread.html", **_shown(thread)), otherwise="/streak")


def _page(thread: ThreadToday, refusal: Refusal | None = None, until: str = "") -> Response:
    """The whole page; or, to htmx, the form that was refused, with what was typed in it."""
    sentence = sentence_of(refusal) if refusal else ""
    pause_refused = sentence if refusal and refusal.field == "until" else ""
    pieces = {
        "shown": _shown(thread),
        "pace": _pace(thread, "" if pause_refused else sentence),
        "pause": _pause(thread, pause_refused, until),
    }
    if refusal and wants_fragments():
        name = "pause" if pause_refused else "pace"
        return Response(fragment(f"streak/_{name}.html", **pieces[name]), 422)
    return page("streak/streak.html", 422 if refusal else 200, hidden=thread.hidden, goal=thread.goal, **pieces)


def _shown(thread: ThreadToday) -> dict[str, object]:
    """What `_thread.html` takes."""
    hidden = thread.hidden
    return {
        "thread": thread,
        "sentences": [] if hidden else sentences_of(thread),
        "asides": [] if hidden else asides_of(thread),
    }


def _pace(thread: ThreadToday, sentence: str = "") -> dict[str, object]:
    """What `_pace.html` takes."""
    chosen = thread.next_goal or thread.goal
    return {"goal": thread.goal, "chosen": chosen, "paces": PACES, "sentence": sentence}


def _pause(thread: ThreadToday, sentence: str = "", until: str = "") -> dict[str, object]:
    """What `_pause.html` takes."""
    return {
        "pause": thread.pause,
        "sentence": sentence,
        "until": until,
        "earliest": thread.today,
        "latest": thread.today + LONGEST_PAUSE,
    }
