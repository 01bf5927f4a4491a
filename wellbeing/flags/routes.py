"""One tap beside a number. For people who take part in the group; what becomes of it is the steward's to say."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain.refusals import Refusal
from wellbeing.flags import operations, queries
from wellbeing.flags.forms import FlagForm
from wellbeing.models.person import Person
from wellbeing.web import logs
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant

bp = Blueprint("flags", __name__)


@bp.post("/groups/<uid>/flags")
@participant
def call_wrong(person: Person, uid: str) -> AnyResponse:
    group = access.groups_joined_by(person).get(uid) or abort(404)
    now = clock.now()
    number = queries.shown(group, typed(FlagForm).number.data or "", now) or abort(404)
    try:
        operations.call_wrong(person, group, number, now)
    except Refusal as refusal:
        return page("flags/refused.html", 422, group=group, sentence=sentence_of(refusal))
    logs.event("flag", result="raised")
    return redirect(f"/groups/{uid}?said=grp.flag_done", 303)
