"""What two devices said of one entry: each other version is kept or let go with one tap, on the entry's page."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.journal.operations import choosing
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web.guards import participant

bp = Blueprint("versions", __name__)


@bp.route("/journal/entries/<uid>/copies/<wid>", methods=["POST", "PUT"])
@participant
def keep_words(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.keep_words(person, uid, wid, current_keyring(), clock.now()), uid, "saved.ok")


@bp.delete("/journal/entries/<uid>/copies/<wid>")
@bp.post("/journal/entries/<uid>/copies/<wid>/end")
@participant
def drop_words(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.drop_words(person, uid, wid, clock.now()), uid, "saved.deleted")


@bp.route("/journal/entries/<uid>/past/<wid>", methods=["POST", "PUT"])
@participant
def keep_numbers(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.keep_numbers(person, uid, wid, current_keyring(), clock.now()), uid, "saved.ok")


@bp.delete("/journal/entries/<uid>/past/<wid>")
@bp.post("/journal/entries/<uid>/past/<wid>/end")
@participant
def drop_numbers(person: Person, uid: str, wid: str) -> AnyResponse:
    return _back(choosing.drop_numbers(person, uid, wid), uid, "saved.deleted")


def _back(found: bool, uid: str, said: str) -> AnyResponse:
    """To the entry; 404 for a version that is not there, was chosen already, or is somebody else's."""
    return redirect(f"/journal/entries/{uid}?said={said}", 303) if found else abort(404)
