"""What a browser puts to a passkey: four questions, each for one purpose, as JSON. Each may be answered once."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, current_app
from flask_login import current_user

from wellbeing import clock
from wellbeing.accounts.keys import passkeys, queries
from wellbeing.accounts.keys.operations import challenges
from wellbeing.domain.days import today_in
from wellbeing.models.person import Person
from wellbeing.web import throttle
from wellbeing.web.devices import this_browser
from wellbeing.web.guards import fresh, public, signed_in
from wellbeing.web.locale import full_day

bp = Blueprint("asking", __name__)
ADDRESSES = ("/join/passkey", "/sign-in/passkey", "/step-up/passkey", "/settings/keys/passkey")


@bp.post("/join/passkey")
@public
def to_join() -> Response:
    handle = _handle()
    return _json(passkeys.to_make(_asked("join", handle), handle, _called()))


@bp.post("/sign-in/passkey")
@public
def to_sign_in() -> Response:
    """No account is named, and none is told: any passkey of this address may answer."""
    return _json(passkeys.to_open(_asked("sign_in")))


@bp.post("/step-up/passkey")
@signed_in
def to_confirm(person: Person) -> Response:
    return _json(passkeys.to_open(_asked("step_up"), one_of=queries.credentials_of(person)))


@bp.post("/settings/keys/passkey")
@signed_in
@fresh
def to_add(person: Person) -> Response:
    handle = person.passkey_handle or _handle()
    challenge = _asked("add", handle)
    return _json(passkeys.to_make(challenge, handle, _called(), but_not=queries.credentials_of(person)))


def _asked(purpose: str, handle: bytes | None = None) -> bytes:
    who = throttle.by_device(current_user.device.uid) if current_user.is_authenticated else throttle.by_address()
    throttle.allow("challenge", who)
    throttle.count("challenge", who)
    return challenges.ask(purpose, this_browser(), clock.now(), handle)


def _handle() -> bytes:
    return secrets.token_bytes(64)


def _called() -> str:
    """« Le fil – mercredi 11 mars 2026 »: a passkey's name travels to other devices, so it says nothing of anybody."""
    config = current_app.config["LE_FIL"]
    return f"{config.name} – {full_day(today_in(config.default_timezone, clock.now()))}"


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json")
