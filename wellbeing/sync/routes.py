"""`GET /sync` and `POST /sync`: what a phone keeps, and what it sends. Never a page, never a redirect."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request
from flask_login import current_user

from wellbeing import clock
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.sync import operations, queries
from wellbeing.sync.envelope import MOST_BYTES, AnotherPerson, Batch, WrongEnvelope, read
from wellbeing.web import devices, throttle
from wellbeing.web.guards import participant

bp = Blueprint("sync", __name__)
RETRY_AFTER = 5


@bp.get("/sync")
@participant
def kept(person: Person) -> Response:
    return jsonify(queries.snapshot(person, current_user.device.shared, clock.now()))


@bp.post("/sync")
@participant
def sent(person: Person) -> Response:
    person_uid, now = queries.dashed(person.uid), clock.now()
    batch = _batch(person_uid)
    who = throttle.by_person(person.uid)
    for limit, times in (("sync", 1), ("sync_ops", len(batch.ops))):
        throttle.allow(limit, who)
        throttle.count(limit, who, times)
    heading = queries.heading(person_uid, now)
    dealt = operations.deal_with(person, batch, current_keyring(), now)
    if dealt.stopped:
        devices.nobody()  # the database may be gone, and what is left to say needs none of it
    if not dealt.results and (dealt.stopped or dealt.failed):
        response = jsonify(error="busy" if dealt.stopped else "failed")
        response.status_code = 503 if dealt.stopped else 500
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return jsonify(heading | {"results": dealt.results} | ({"retry_after": RETRY_AFTER} if dealt.stopped else {}))


def _batch(person_uid: str) -> Batch:
    """The batch; 415, 413, 409 and 400 in that order."""
    if request.mimetype != "application/json":
        abort(415)
    request.max_content_length = MOST_BYTES
    try:
        return read(request.get_data(), person_uid)
    except AnotherPerson:
        abort(409)
    except WrongEnvelope:
        abort(400)
