"""`/step-up`: a key again, before a power; good for ten minutes on this device."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.accounts.forms import KeyForm, offered
from wellbeing.accounts.keys import queries
from wellbeing.accounts.keys.operations import opening
from wellbeing.domain.refusals import Refusal
from wellbeing.models.person import Person
from wellbeing.web import devices, logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import filled, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import safe_next, signed_in

bp = Blueprint("stepping", __name__)


@bp.get("/step-up")
@signed_in
def step_up(person: Person) -> Response:
    return _page(person, safe_next(request.args.get("next")))


@bp.post("/step-up")
@signed_in
def confirm(person: Person) -> AnyResponse:
    """Either key; the device's row gets a new token, so that the cookie of before opens nothing."""
    form, device, now = typed(KeyForm), current_user.device, clock.now()
    onward, who = safe_next(form.next.data), throttle.by_device(device.uid)
    throttle.allow("step_up", who)
    passkey = offered(form.passkey.data)
    kind = "passkey" if passkey else "phrase"
    try:
        if passkey:
            token = opening.confirm_by_passkey(person, device, passkey, now)
        else:
            token = opening.confirm_by_phrase(person, device, form.phrase.data or "", now)
    except Refusal as refusal:
        throttle.count("step_up", who)
        logs.event("step_up", result="refused", key=kind)
        return _page(person, onward, refusal)
    devices.remember(person, device, token)
    logs.event("step_up", result="confirmed", key=kind)
    return redirect(onward, 303)


def _page(person: Person, onward: str, refusal: Refusal | None = None) -> Response:
    return page(
        "accounts/step_up.html",
        422 if refusal else 200,
        form=filled(KeyForm, next=onward),
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
        has_passkey=bool(queries.how_many_passkeys(person)),
    )
