"""What two devices said of one workshop: each other version is kept or let go with one tap, on the workshop's page."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.reflections.operations import choosing
from wellbeing.reflections.queries import meetings
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.web.guards import participant

bp = Blueprint("other_answers", __name__)


@bp.route("/workshops/<uid>/copies/<wid>", methods=["POST", "PUT"])
@participant
def keep_words(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.keep_words(person, _found(person, uid), wid, current_keyring(), clock.now()), uid, "saved.ok")


@bp.delete("/workshops/<uid>/copies/<wid>")
@bp.post("/workshops/<uid>/copies/<wid>/end")
@participant
def drop_words(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.drop_words(person, _found(person, uid), wid, clock.now()), uid, "saved.deleted")


@bp.route("/workshops/<uid>/past/<wid>", methods=["POST", "PUT"])
@participant
def keep_answers(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(
        choosing.keep_answers(person, _found(person, uid), wid, current_keyring(), clock.now()), uid, "saved.ok"
    )


@bp.delete("/workshops/<uid>/past/<wid>")
@bp.post("/workshops/<uid>/past/<wid>/end")
@participant
def drop_answers(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.drop_answers(person, _found(person, uid), wid), uid, "saved.deleted")


def _found(person: Person, uid: str) -> Meeting:
    return meetings.meeting_of(person, uid) or abort(404)


def _back(found: bool, uid: str, said: str) -> AnyResponse:
    """To the workshop; 404 for a version that is not there, was chosen already, or is somebody else's."""
    return redirect(f"/workshops/{uid}?said={said}", 303) if found else abort(404)
