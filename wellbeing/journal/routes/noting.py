"""`POST /journal`: one tap, one entry."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import Refusal
from wellbeing.journal import pieces, queries
from wellbeing.journal.forms import FeelingForm
from wellbeing.journal.operations import noting
from wellbeing.journal.routes.answers import after, entry_page, refused
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web import throttle
from wellbeing.web.forms import typed
from wellbeing.web.fragments import answer, page, wants_fragments
from wellbeing.web.guards import participant

bp = Blueprint("noting", __name__)


@bp.post("/journal")
@participant
def log(person: Person) -> AnyResponse:
    now = clock.now()
    try:
        form = typed(FeelingForm)
        if "skip" in request.form:
            return answer(pieces.line("rest"), otherwise="/?said=thread.rest_day")
        op_id = form.operation()
        try:
            feeling = form.feeling(person.timezone, now)
        except Refusal:
            if queries.kind_of(person, op_id) != "entry.create":
                raise
            return _told_already(person, op_id)
        if not noting.log_mood(person, op_id, feeling, current_keyring(), now, _taken_by(person)):
            return _told_already(person, op_id)
    except Refusal as refusal:
        return refused(person, refusal)
    otherwise = f"/journal/entries/{op_id}?saved=1" if form.day.data else f"/?saved={op_id}"
    return answer(*after(person, op_id, "saved"), otherwise=otherwise)


def _taken_by(person: Person) -> Callable[[], None]:
    return lambda: throttle.take("entries", throttle.by_person(person.uid))


def _told_already(person: Person, op_id: str) -> AnyResponse:
    """The same op_id again: the same entry, whatever the body says, and a word for one that was deleted since."""
    if (entry := queries.noted(person, op_id)) is None:
        line = pieces.line("deleted")
        return answer(line, otherwise="") if wants_fragments() else page("journal/deleted.html", line=line)
    if wants_fragments():
        return answer(*after(person, op_id, "saved"), otherwise="")
    return entry_page(person, entry, said="saved")
