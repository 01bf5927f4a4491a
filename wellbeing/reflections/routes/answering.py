"""Before and after a workshop: the questions, and the answers. Each has a page of its own, with or without script."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import Blueprint, Response, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.reflections import Part, check_open
from wellbeing.domain.refusals import JournalOff, Refusal, WorkshopCancelled
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.reflections import pieces
from wellbeing.reflections.forms import AfterForm, BeforeForm
from wellbeing.reflections.operations.telling import say
from wellbeing.reflections.queries import counting, meetings, words
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, sent
from wellbeing.web.fragments import answer, fragment, page, wants_fragments
from wellbeing.web.guards import participant, safe_next

bp = Blueprint("answering", __name__)


@bp.get("/workshops/<uid>/before")
@participant
def before(person: Person, uid: str) -> Response:
    return _asked(person, _found(person, uid), Part.BEFORE)


@bp.get("/workshops/<uid>/after")
@participant
def after(person: Person, uid: str) -> Response:
    meeting = _found(person, uid)
    if "saved" in request.args:
        return _page(meeting, Part.AFTER, pieces.after(meeting, None))
    return _asked(person, meeting, Part.AFTER)


@bp.route("/workshops/<uid>/before", methods=["PUT", "POST"])
@participant
def say_before(person: Person, uid: str) -> AnyResponse:
    form, now = sent(BeforeForm), clock.now()
    try:
        say(person, _found(person, uid), checked(form).said(), current_keyring(), now, form.operation())
    except Refusal as refusal:
        return _refused(person, uid, form, refusal)
    onward = safe_next(form.next.data, f"/workshops/{uid}")
    done = pieces.before(_found(person, uid), now, None)
    return answer(done, otherwise=f"{onward}{'&' if '?' in onward else '?'}said=saved.ok")


@bp.route("/workshops/<uid>/after", methods=["PUT", "POST"])
@participant
def say_after(person: Person, uid: str) -> AnyResponse:
    form = sent(AfterForm)
    try:
        say(person, _found(person, uid), checked(form).said(), current_keyring(), clock.now(), form.operation())
    except Refusal as refusal:
        return _refused(person, uid, form, refusal)
    return answer(pieces.after(_found(person, uid), None), otherwise=f"/workshops/{uid}/after?saved=1")


def _found(person: Person, uid: str) -> Meeting:
    return meetings.meeting_of(person, uid) or abort(404)


def _asked(person: Person, meeting: Meeting, part: Part) -> Response:
    """The questions, or in their place why they are not asked."""
    keepsake = words.keepsake_of(person, meeting, current_keyring()) if part is Part.AFTER else ""
    said = bool(meeting.said(part)) or keepsake != ""
    if not said and (sentence := _closed(meeting, part, clock.now())):
        return _page(meeting, part, Markup(), sentence)
    if not said and not meetings.may_answer(person):
        return _page(meeting, part, fragment("journal/_off.html", back=f"/workshops/{meeting.uid}/{part.value}"))
    form = pieces.form_of(part, meeting, f"/workshops/{meeting.uid}", keepsake)
    return _page(meeting, part, _questions(person, meeting, form))


def _closed(meeting: Meeting, part: Part, now: datetime) -> str:
    try:
        if meeting.cancelled:
            raise WorkshopCancelled
        check_open(part, meeting.starts_at, meeting.ends_at, now)
    except Refusal as refusal:
        return sentence_of(refusal)
    return ""


def _refused(person: Person, uid: str, form: BeforeForm, refusal: Refusal) -> AnyResponse:
    """Everything typed comes back with the sentence beside its question; nothing was stored."""
    if isinstance(refusal, JournalOff) and not wants_fragments():
        return page("journal/off.html", 422)
    if isinstance(form, AfterForm) and "keepsake" not in request.form:
        del form.keepsake  # as it was left out of the form: words that cannot be read
    if refusal.field == "op_id" or not form.op_id.data:
        form.op_id.data = str(uuid.uuid4())
    meeting = _found(person, uid)
    again = _questions(person, meeting, form, refusal.field, sentence_of(refusal))
    return Response(again, 422) if wants_fragments() else _page(meeting, form.part, again, status=422)


def _questions(
    person: Person, meeting: Meeting, form: BeforeForm, refused: str | None = None, sentence: str = ""
) -> Markup:
    now, version = clock.now(), words.versions_of(person, meeting)[form.part]
    if form.part is Part.BEFORE:
        return pieces.before(meeting, now, form, version=version, refused=refused, sentence=sentence)
    turn = meetings.asked_by_turns([meeting])[meeting.uid]
    counts = bool(counting.counted(person, [meeting], now))
    return pieces.after(meeting, form, turn, counts=counts, version=version, refused=refused, sentence=sentence)


def _page(meeting: Meeting, part: Part, content: Markup, sentence: str = "", status: int = 200) -> Response:
    return page(
        "reflections/reflection.html", status, meeting=meeting, part=part.value, content=content, sentence=sentence
    )  # fmt: skip
