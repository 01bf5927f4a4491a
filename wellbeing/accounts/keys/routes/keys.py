"""`/settings/keys`: passkeys, the phrase, and the devices where the journal is open. All of it a key's power."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.accounts.forms import offered
from wellbeing.accounts.keys import queries
from wellbeing.accounts.keys.forms import MadeForm, NameForm
from wellbeing.accounts.keys.operations import devices, passkeys, phrase
from wellbeing.accounts.keys.refusals import PasskeyRefused
from wellbeing.domain.refusals import Refusal
from wellbeing.models.person import Person
from wellbeing.web import logs, throttle
from wellbeing.web.devices import label_here
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, sent, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import fresh, signed_in

bp = Blueprint("keys", __name__)


@bp.get("/settings/keys")
@signed_in
@fresh
def keys(person: Person) -> Response:
    return _page(person)


# --- passkeys ---------------------------------------------------------------------------------------------------------
@bp.post("/settings/keys/passkeys")
@signed_in
@fresh
def add(person: Person) -> AnyResponse:
    throttle.allow("passkey", throttle.by_address())
    try:
        passkey = offered(typed(MadeForm).passkey.data)
        if passkey is None:
            raise PasskeyRefused
        passkeys.add(person, passkey, label_here(), clock.now())
    except Refusal as refusal:
        throttle.count("passkey", throttle.by_address())
        logs.event("key", result="refused", key="passkey")
        return _page(person, refusal)
    logs.event("key", result="added", key="passkey")
    return redirect("/settings/keys?said=keys.made", 303)


@bp.post("/settings/keys/passkeys/<uid>")
@signed_in
@fresh
def rename(person: Person, uid: str) -> AnyResponse:
    passkey, form = queries.passkey_of(person, uid) or abort(404), sent(NameForm)
    try:
        passkeys.rename(person, passkey, checked(form).chosen())
    except Refusal as refusal:
        return _page(person, refusal, of=uid, form=form)
    return redirect("/settings/keys?said=saved.ok", 303)


@bp.post("/settings/keys/passkeys/<uid>/end")
@signed_in
@fresh
def remove(person: Person, uid: str) -> AnyResponse:
    if queries.passkey_of(person, uid) is None:
        abort(404)
    try:
        passkeys.remove(person, uid, current_user.device, clock.now())
    except Refusal as refusal:
        return _page(person, refusal, of=uid)
    logs.event("key", result="removed", key="passkey")
    return redirect("/settings/keys?said=keys.removed", 303)


# --- the phrase -------------------------------------------------------------------------------------------------------
@bp.post("/settings/keys/phrase")
@signed_in
@fresh
def renew_phrase(person: Person) -> Response:
    """The only answer that ever holds the new words."""
    words = phrase.renew(person, clock.now())
    logs.event("key", result="renewed", key="phrase")
    return page("accounts/phrase.html", words=words.split(" "), onward="/settings/keys")


# --- devices ----------------------------------------------------------------------------------------------------------
@bp.post("/settings/keys/devices/<did>/end")
@signed_in
@fresh
def close(person: Person, did: str) -> AnyResponse:
    """This very device is closed by signing out, which also takes the journal off it."""
    device = queries.open_device(person, did, clock.now())
    if device is None or device.id == current_user.device.id:
        abort(404)
    devices.close(person, device, clock.now())
    logs.event("device", result="closed")
    return redirect("/settings/keys?said=keys.closed", 303)


@bp.post("/settings/keys/devices/end")
@signed_in
@fresh
def close_others(person: Person) -> AnyResponse:
    devices.close_others(person, current_user.device, clock.now())
    logs.event("device", result="closed_others")
    return redirect("/settings/keys?said=keys.closed_all", 303)


def _page(person: Person, refusal: Refusal | None = None, of: str = "", form: NameForm | None = None) -> Response:
    """`of` is the passkey that a refusal speaks of; without one it speaks of the passkey to be added."""
    now = clock.now()
    return page(
        "accounts/keys.html",
        422 if refusal else 200,
        passkeys=queries.passkeys(person),
        most=passkeys.MOST,
        devices=queries.devices(person, current_user.device, now),
        changed=queries.days_of_changes(person, now),
        zone=person.timezone,
        form=form or filled(NameForm),
        refused_of=of,
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
    )
