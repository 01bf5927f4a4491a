"""Workshops: the list, one of them, being there, and the code of the day."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain import codes
from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import CodeNotOpen, CodeOpensNothing, ImpossibleDate, Refusal
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web import throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import typed
from wellbeing.web.fragments import answer, fragment, page, wants_fragments
from wellbeing.web.guards import current_person, participant, public, safe_next
from wellbeing.workshops import operations, queries
from wellbeing.workshops.feed.queries import calendar_of
from wellbeing.workshops.forms import AttendanceForm, hashed
from wellbeing.workshops.seen import SeenWorkshop

bp = Blueprint("workshops", __name__)


@bp.get("/workshops")
@participant
def mine(person: Person) -> Response:
    now = clock.now()
    try:
        before = read_day(request.args["before"]) if "before" in request.args else None
    except ImpossibleDate:
        abort(404)
    return page(
        "workshops/workshops.html",
        in_a_group=queries.takes_part_anywhere(person),
        coming=[] if before else queries.coming_for(person, now),
        recent=[] if before else queries.recent_for(person, now),
        attended=queries.attended_before(person, now, before),
        before=before,
        zone=person.timezone,
        calendar=None if before else calendar_of(person),
        closed=[] if before else access.groups_left_with(person).all(),
    )


@bp.get("/workshops/<uid>")
@participant
def one(person: Person, uid: str) -> Response:
    return _one(person, _found(person, uid))


@bp.put("/workshops/<uid>/attendance")
@bp.post("/workshops/<uid>/attendance")
@participant
def was_there(person: Person, uid: str) -> AnyResponse:
    form = typed(AttendanceForm)
    workshop = _found(person, uid)
    try:
        operations.declare(person, workshop, current_keyring(), clock.now(), form.operation())
    except Refusal as refusal:
        return _one(person, workshop, refusal)
    return _answered(person, uid, form, "ws.was_done")


@bp.delete("/workshops/<uid>/attendance")
@bp.post("/workshops/<uid>/attendance/end")
@participant
def was_not_there(person: Person, uid: str) -> AnyResponse:
    form = typed(AttendanceForm)
    operations.withdraw(person, _found(person, uid), current_keyring(), clock.now(), form.operation())
    return _answered(person, uid, form, "saved.deleted")


@bp.get("/c")
@participant
def typed_code(_: Person) -> AnyResponse:
    """Where a code is typed when it could not be scanned: it leads to the same page as the QR."""
    if code := request.args.get("code", "").strip():
        return redirect(f"/c/{quote(code, safe='')}", 303)
    return page("workshops/check_in.html", workshop=None, code="", sentence="", state="asked", join=None)


@bp.get("/c/<code>")
@public
def at_the_door(code: str) -> AnyResponse:
    """What the QR shown at a workshop opens. Nothing is noted by looking.

    A phone that nobody is signed in on is led through joining or signing in, which bring it back. Whatever the code:
    what it opens is said there, and counted there.
    """
    person = current_person()
    if person is None:
        return redirect(f"/join?code={quote(code, safe='')}", 303)
    throttle.allow("check_in", throttle.by_person(person.uid))
    code_hash = hashed(code)
    now = clock.now()
    workshop = queries.workshop_of_code(person, code_hash, now) if code_hash else None
    if workshop is None:
        return _opens_nothing(person, code)
    state = "done" if workshop.how == "code" else "ready" if workshop.code_open(now) else "closed"
    return page("workshops/check_in.html", workshop=workshop, code=code, sentence="", state=state)


@bp.post("/c/<code>")
@participant
def check_in(person: Person, code: str) -> AnyResponse:
    form = typed(AttendanceForm)
    throttle.allow("check_in", throttle.by_person(person.uid))
    try:
        operations.check_in(person, hashed(code) or b"", current_keyring(), clock.now(), form.operation())
    except CodeOpensNothing:
        return _opens_nothing(person, code)
    except CodeNotOpen as refusal:
        return _refused(code, refusal, 422)
    return redirect(f"/c/{quote(code, safe='')}", 303)


def _found(person: Person, uid: str) -> SeenWorkshop:
    return queries.workshop_of(person, uid, clock.now()) or abort(404)


def _one(person: Person, workshop: SeenWorkshop, refusal: Refusal | None = None) -> Response:
    sentence = sentence_of(refusal) if refusal else ""
    status = 422 if refusal else 200
    if wants_fragments():
        return Response(_attendance(workshop, sentence), status)
    told = current_app.extensions["of_a_workshop"](person, workshop.uid, clock.now())
    shown = {"workshop": workshop, "sentence": sentence, "told": told, "zone": person.timezone}
    return page("workshops/workshop.html", status, **shown)


def _answered(person: Person, uid: str, form: AttendanceForm, said: str) -> AnyResponse:
    onward = safe_next(form.next.data, f"/workshops/{uid}")
    workshop = queries.workshop_of(person, uid, clock.now())
    if workshop is None:  # it was seen only because the person had been there, in a group they have left
        return redirect(f"/workshops?said={said}", 303)
    return answer(_attendance(workshop, just=True, onward=onward), otherwise=_saying(onward, said))


def _saying(address: str, said: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}said={said}"


def _attendance(workshop: SeenWorkshop, sentence: str = "", **given: object) -> Markup:
    inputs = {"workshop": workshop, "sentence": sentence, "just": False, "onward": "", **given}
    return fragment("workshops/_attendance.html", **inputs)


def _opens_nothing(person: Person, code: str) -> Response:
    """The same answer for a code that is unknown, foreign, over or badly typed; what has the shape of one is a guess.

    It leads to joining, for whoever is in the room and not in the group yet: there, and only while the workshop is on,
    a code says whose it is.
    """
    if normalised := codes.normalised(code):
        throttle.count("check_in", throttle.by_person(person.uid))
    return _refused(code, CodeOpensNothing(), 404, join=normalised)


def _refused(code: str, refusal: Refusal, status: int, join: str | None = None) -> Response:
    said = {"sentence": sentence_of(refusal), "state": "asked", "join": join}
    return page("workshops/check_in.html", status, workshop=None, code=code, **said)
