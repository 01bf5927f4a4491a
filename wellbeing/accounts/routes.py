"""The ways in and out: poster, invitation, setup code, phrase; and the settings."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, current_app, redirect, request
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.accounts import operations, pseudonyms, queries
from wellbeing.accounts.arrivals import Arrived
from wellbeing.accounts.forms import (
    OFFERED,
    ChoiceForm,
    NewcomerForm,
    PhraseForm,
    SettingsForm,
    controller,
    text_hash,
)
from wellbeing.config import LOCALES
from wellbeing.domain import codes
from wellbeing.domain.refusals import CodeOpensNothing, InvitationOpensNothing, PhraseOpensNothing, Refusal, UnknownZone
from wellbeing.models.person import Person
from wellbeing.web import devices, logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import filled, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import current_person, public, safe_next, signed_in
from wellbeing.web.locale import locale_now

bp = Blueprint("accounts", __name__)


@bp.before_app_request
def stay_signed_in() -> None:
    if request.method in ("POST", "PUT", "DELETE") and current_user.is_authenticated:
        operations.keep_open(current_user.device, clock.now())


# --- joining a group --------------------------------------------------------------------------------------------------
@bp.get("/join")
@public
def join() -> Response:
    """The group a code leads to: its name and next date. Nothing is joined by looking."""
    typed_code = request.args.get("code", "")
    if not typed_code:
        return page("accounts/join.html", doorway=None, code="", sentence="")
    try:
        door = _doorway(typed_code)
    except Refusal as refusal:
        return page("accounts/join.html", 422, doorway=None, code=typed_code, sentence=sentence_of(refusal))
    person = current_person()
    member = person is not None and queries.takes_part(person, door.group)
    return page("accounts/join.html", doorway=door, code=typed_code, sentence="", member=member)


@bp.get("/join/choices")
@public
def join_choices() -> AnyResponse:
    typed_code = request.args.get("code", "")
    try:
        _doorway(typed_code)
    except Refusal:
        return redirect("/join", 303)
    return _choices("/join", _first_ideas(code=typed_code))


@bp.post("/join")
@public
def do_join() -> AnyResponse:
    form = typed(NewcomerForm)
    try:
        door = _doorway(form.code.data or "")
    except Refusal as refusal:
        return page("accounts/join.html", 422, doorway=None, code=form.code.data or "", sentence=sentence_of(refusal))
    if (person := current_person()) is not None:
        joined = operations.join_also(person, door.group, clock.now())
        return redirect(f"/groups/{door.group.uid}" + ("" if joined else "?said=join.already"), 303)
    throttle.allow("join", throttle.by_address())
    try:
        newcomer = form.newcomer("join", door.group.timezone)
        throttle.count("join", throttle.by_address())
        return _welcome(operations.join(newcomer, door.group, clock.now()), "/")
    except Refusal as refusal:
        return _choices("/join", form, refusal)


def _doorway(typed_code: str) -> queries.Doorway:
    """Raises CodeOpensNothing; wrong codes are counted by address."""
    throttle.allow("code", throttle.by_address())
    normalised = codes.normalised(typed_code)
    door = queries.doorway(normalised, clock.now()) if normalised else None
    if door is None:
        throttle.count("code", throttle.by_address())
        raise CodeOpensNothing
    return door


# --- becoming a facilitator, or the first steward ---------------------------------------------------------------------
@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> Response:
    _invited(token)
    if current_person() is not None:
        return page("accounts/invitation.html", action=f"/invitations/{token}")
    return _choices(f"/invitations/{token}", _first_ideas())


@bp.post("/invitations/<token>")
@public
def accept(token: str) -> AnyResponse:
    form = typed(NewcomerForm)
    throttle.allow("code", throttle.by_address())
    try:
        if (person := current_person()) is not None:
            operations.use_invitation(person, token, clock.now())
            return redirect("/groups", 303)
        newcomer = form.newcomer("invitation", current_app.config["LE_FIL"].default_timezone)
        return _welcome(operations.accept_invitation(newcomer, token, clock.now()), "/groups")
    except InvitationOpensNothing as refusal:
        throttle.count("code", throttle.by_address())
        return page("accounts/refused.html", 404, sentence=sentence_of(refusal))
    except Refusal as refusal:
        return _choices(f"/invitations/{token}", form, refusal)


def _invited(token: str) -> None:
    throttle.allow("code", throttle.by_address())
    if not queries.invitation_open(token, clock.now()):
        throttle.count("code", throttle.by_address())
        abort(page("accounts/refused.html", 404, sentence=sentence_of(InvitationOpensNothing())))


@bp.get("/setup")
@public
def setup() -> AnyResponse:
    if access.any_steward():
        abort(404)
    return _choices("/setup", _first_ideas(code=request.args.get("code", "")))


@bp.post("/setup")
@public
def do_setup() -> AnyResponse:
    if access.any_steward():
        abort(404)
    form = typed(NewcomerForm)
    throttle.allow("setup", throttle.by_address())
    try:
        newcomer = form.newcomer("setup", current_app.config["LE_FIL"].default_timezone)
        code = codes.normalised(form.code.data or "", length=12)
        if code is None:
            raise CodeOpensNothing
        return _welcome(operations.become_steward(newcomer, code, clock.now()), "/organisation")
    except CodeOpensNothing as refusal:
        throttle.count("setup", throttle.by_address())
        return _choices("/setup", form, refusal)
    except Refusal as refusal:
        return _choices("/setup", form, refusal)


def _first_ideas(code: str = "") -> NewcomerForm:
    return filled(NewcomerForm, code=code, pseudonym=pseudonyms.suggestion(locale_now()), op_id=str(uuid.uuid4()))


def _choices(action: str, form: NewcomerForm, refusal: Refusal | None = None) -> Response:
    config = current_app.config["LE_FIL"]
    return page(
        "accounts/choices.html",
        422 if refusal else 200,
        action=action,
        form=form,
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
        purposes=OFFERED,
        host={
            "controller": controller(),
            "contact": config.data_contact,
            "hosting": config.hosting,
            "months": config.retention_months,
        },
    )


def _welcome(arrived: Arrived, onward: str) -> Response:
    """Sign the newcomer in and show the phrase, this once."""
    devices.remember(arrived.person, arrived.device, arrived.token)
    return page("accounts/phrase.html", words=arrived.phrase.split(" "), onward=onward)


# --- signing in and out -----------------------------------------------------------------------------------------------
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
        operations.sign_out(current_user.device, clock.now())
        logs.event("sign_out")
    devices.forget()
    response = redirect("/sign-in?said=out.done", 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


# --- settings ---------------------------------------------------------------------------------------------------------
@bp.get("/settings")
@signed_in
def settings(person: Person) -> Response:
    return _settings(person, filled(SettingsForm, locale=person.locale, timezone=person.timezone))


@bp.post("/settings")
@signed_in
def change_settings(person: Person) -> AnyResponse:
    form = typed(SettingsForm)
    zone = form.zone()
    if form.timezone.data and zone is None:
        return _settings(person, form, UnknownZone())
    operations.change_settings(person, locale=form.locale.data if form.locale.data in LOCALES else None, timezone=zone)
    return redirect("/settings?said=consent.changed", 303)


@bp.post("/settings/choices")
@signed_in
def choose(person: Person) -> AnyResponse:
    """Give or take back a consent, each in one tap. Taking back `journal` is erasing, which has its own page."""
    form = typed(ChoiceForm)
    purpose, given = form.purpose.data, bool(form.given.data)
    if purpose not in OFFERED or (purpose == "journal" and not given):
        abort(422)
    operations.choose(person, purpose, given, text_hash(f"consent.{purpose}"), clock.now())
    return redirect(safe_next(request.form.get("next"), "/settings?said=consent.changed"), 303)


@bp.post("/locale")
@public
def change_locale() -> AnyResponse:
    """The language of this device, and of the person if someone is signed in."""
    form = typed(SettingsForm)
    if form.locale.data not in LOCALES:
        abort(422)
    cookie["locale"] = form.locale.data
    if (person := current_person()) is not None:
        operations.change_settings(person, locale=form.locale.data)
    return redirect(safe_next(request.form.get("next")), 303)


def _settings(person: Person, form: SettingsForm, refusal: Refusal | None = None) -> Response:
    return page(
        "accounts/settings.html",
        422 if refusal else 200,
        form=form,
        sentence=sentence_of(refusal) if refusal else "",
        pseudonym=queries.pseudonym(person),
        agreed=queries.agreed_to(person),
        purposes=OFFERED,
        controller=controller(),
        groups=access.groups_joined_by(person).all(),
        shared=current_user.device.shared,
    )
