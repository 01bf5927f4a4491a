"""One entry: its page, changed, moved, deleted."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import ImpossibleDate, Refusal
from wellbeing.journal import pieces, queries
from wellbeing.journal.forms import FeelingForm, MomentForm
from wellbeing.journal.operations import noting
from wellbeing.journal.routes.answers import after, entry_page, mine, refused, today_of
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import operation_of, typed
from wellbeing.web.fragments import answer, page
from wellbeing.web.guards import participant

bp = Blueprint("entries", __name__)


@bp.get("/journal/entries/<uid>")
@participant
def entry(person: Person, uid: str) -> Response:
    return entry_page(person, mine(person, uid), said="saved" if "saved" in request.args else "")


@bp.route("/journal/entries/<uid>", methods=["POST", "PUT"])
@participant
def change(person: Person, uid: str) -> AnyResponse:
    before, now = mine(person, uid), clock.now()
    try:
        form = typed(FeelingForm)
        feeling = form.feeling(person.timezone, now)
        noting.change(person, uid, feeling, current_keyring(), now, form.operation())
    except Refusal as refusal:
        return refused(person, refusal, before)
    here = f"/journal/{before.local_date}?said=saved.ok" if "page" in request.form else f"/?kept={uid}"
    return answer(*after(person, uid, "kept"), otherwise=here)


@bp.route("/journal/entries/<uid>/date", methods=["POST", "PUT"])
@participant
def move(person: Person, uid: str) -> AnyResponse:
    before, now = mine(person, uid), clock.now()
    try:
        form = typed(MomentForm)
        moment = form.moment(person.timezone, now)
        if moment is None:
            raise ImpossibleDate
        noting.move(person, uid, moment, current_keyring(), now, operation_of(request.form.get("op_id")))
    except Refusal as refusal:
        return entry_page(person, before, moving=MomentForm(request.form), sentence=sentence_of(refusal))
    return redirect(f"/journal/{mine(person, uid).local_date}?moved={uid}", 303)


@bp.get("/journal/entries/<uid>/deletion")
@participant
def ask_deletion(person: Person, uid: str) -> Response:
    entry = mine(person, uid)
    return page("journal/deletion.html", entry=entry, version=entry.version)


@bp.delete("/journal/entries/<uid>", endpoint="delete")
@bp.post("/journal/entries/<uid>/deletion")
@participant
def delete_entry(person: Person, uid: str) -> AnyResponse:
    gone, now = queries.noted(person, uid), clock.now()
    op_id = operation_of(request.form.get("op_id"))
    if not noting.delete_entry(person, uid, current_keyring(), now, op_id):
        abort(404)
    here = f"/journal/{gone.local_date}" if gone and "page" in request.form else "/"
    also = pieces.no_details(), pieces.today(today_of(person, now)), pieces.thread_line(person, now, quiet=False)
    return answer(pieces.line("deleted"), *also, otherwise=f"{here}?said=saved.deleted")
