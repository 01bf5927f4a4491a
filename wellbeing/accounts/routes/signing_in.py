"""Opening the journal with a passkey or seven words, and closing it."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.accounts.forms import KeyForm, offered
from wellbeing.accounts.keys.operations import opening
from wellbeing.accounts.keys.passkeys import Offered
from wellbeing.accounts.keys.refusals import PasskeyRefused
from wellbeing.accounts.operations import devices as operations
from wellbeing.domain.refusals import PhraseOpensNothing
from wellbeing.web import devices, logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import filled, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import current_person, public, safe_next

bp = Blueprint("signing_in", __name__)


@bp.before_app_request
def stay_signed_in() -> None:
    if request.method in ("POST", "PUT", "DELETE") and current_user.is_authenticated:
        operations.keep_open(current_user.person, current_user.device, clock.now())


@bp.get("/sign-in")
@public
def sign_in() -> AnyResponse:
    onward = safe_next(request.args.get("next"))
    if current_person() is not None:
        return redirect(onward, 303)
    return page("accounts/sign_in.html", form=filled(KeyForm, next=onward), refused=None, sentence="")


@bp.post("/sign-in")
@public
def do_sign_in() -> AnyResponse:
    form = typed(KeyForm)
    passkey = offered(form.passkey.data)
    kind = "passkey" if passkey else "phrase"
    throttle.allow(kind, throttle.by_address())
    try:
        opened = _opened(form, passkey)
    except (PhraseOpensNothing, PasskeyRefused) as refusal:
        throttle.count(kind, throttle.by_address())
        logs.event("sign_in", result="refused", key=kind)
        return page("accounts/sign_in.html", 422, form=form, refused=kind, sentence=sentence_of(refusal))
    devices.remember(opened.person, opened.device, opened.token)
    logs.event("sign_in", result="opened", key=kind)
    onward = safe_next(form.next.data)
    # Who had been away nearly too long reads it on the page they come to, where nothing else is said; then it is gone.
    if onward == "/" and operations.almost_erased(opened, clock.now(), current_app.config["LE_FIL"].retention_months):
        onward = "/?said=in.almost_erased"
    return redirect(onward, 303)


def _opened(form: KeyForm, passkey: Offered | None) -> operations.Opened:
    shared, label, now = bool(form.shared.data), devices.label_here(), clock.now()
    if passkey:
        return opening.sign_in(passkey, shared=shared, label=label, now=now)
    return operations.sign_in(form.phrase.data or "", shared=shared, now=now, label=label)


@bp.post("/sign-out")
@public
def sign_out() -> AnyResponse:
    if current_user.is_authenticated:
        operations.sign_out(current_user.person, current_user.device, clock.now())
        logs.event("sign_out")
    devices.forget()
    response = redirect("/sign-in?said=out.done", 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
