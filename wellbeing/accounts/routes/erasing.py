"""The way out: everything of a person erased, after one page that says what that means."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.accounts import queries
from wellbeing.accounts.forms import PhraseForm
from wellbeing.accounts.operations import devices as opening
from wellbeing.accounts.operations import erasing as operations
from wellbeing.domain.refusals import Refusal
from wellbeing.models.person import Person
from wellbeing.web import devices, logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import filled, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import signed_in

bp = Blueprint("erasing", __name__)


@bp.get("/settings/erasure")
@signed_in
def ask(person: Person) -> Response:
    return _page(person)


@bp.post("/settings/erasure")
@signed_in
def erase(person: Person) -> AnyResponse:
    """Someone who signed in more than ten minutes ago says their seven words again."""
    now = clock.now()
    try:
        form = typed(PhraseForm)
        if not _fresh():
            throttle.allow("phrase", throttle.by_address())
            opening.confirm(person, form.phrase.data or "", now)
        operations.erase(person, now)
    except Refusal as refusal:
        if refusal.field == "phrase":
            throttle.count("phrase", throttle.by_address())
            logs.event("step_up", result="refused", key="phrase")
        return _page(person, refusal)
    logs.event("erased")
    devices.forget()
    response = redirect("/?said=data.del_done", 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _fresh() -> bool:
    return bool(current_user.device.fresh_until > clock.now())


def _page(person: Person, refusal: Refusal | None = None) -> Response:
    return page(
        "accounts/erasure.html",
        422 if refusal else 200,
        form=filled(PhraseForm),
        fresh=_fresh(),
        sentence=sentence_of(refusal) if refusal else "",
        alone=queries.groups_run_alone(person),
        backup_days=current_app.config["LE_FIL"].backup_days,
    )
