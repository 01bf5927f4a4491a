"""Opening the journal with seven words, and closing it."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.accounts.forms import PhraseForm
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
    return page("accounts/sign_in.html", form=filled(PhraseForm, next=onward), sentence="")


@bp.post("/sign-in")
@public
def do_sign_in() -> AnyResponse:
    form = typed(PhraseForm)
    throttle.allow("phrase", throttle.by_address())
    try:
        person, device, token = operations.sign_in(
            form.phrase.data or "", shared=bool(form.shared.data), now=clock.now()
        )
    except PhraseOpensNothing as refusal:
        throttle.count("phrase", throttle.by_address())
        logs.event("sign_in", result="refused", key="phrase")
        return page("accounts/sign_in.html", 422, form=form, sentence=sentence_of(refusal))
    devices.remember(person, device, token)
    logs.event("sign_in", result="opened", key="phrase")
    return redirect(safe_next(form.next.data), 303)


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
