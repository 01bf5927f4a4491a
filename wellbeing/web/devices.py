"""The cookie of a signed-in device: a token, a language, whether its pages are the simple ones, what it answered when
asked to keep the journal at hand, and on a shared device the minute it was last sent. Before anybody signs in it may
hold a random word: which browser a passkey was asked from.

Nothing else is kept in it; roles, consents and memberships are read at each request. An own device stays signed in for
90 days idle and 365 in all, a shared one for 30 minutes and 12 hours, and is closed with the browser.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, Response, g, request
from flask import session as cookie
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.exc import OperationalError

from wellbeing import access, clock
from wellbeing.db import db
from wellbeing.domain.labels import label_of
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.web import at_hand, display

SHARED_IDLE_MINUTES = 30
OWN = timedelta(days=365)
FOR_EVERYBODY = ("help", "pwa")  # blueprints whose pages are the same for whoever asks


@dataclass
class SignedIn(UserMixin):
    """Who is asking, and from which device."""

    person: Person
    device: SignIn
    token: str
    may_facilitate: bool  # as this request found it: what the bar shows, while powers are asked for anew

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    config = app.config["LE_FIL"]
    app.config.update(
        SESSION_COOKIE_NAME="__Host-fil" if config.https else "fil",
        SESSION_COOKIE_SECURE=config.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=OWN,
    )
    sign_ins = LoginManager(app)
    sign_ins.session_protection = None  # phones change address
    sign_ins.user_loader(_of_token)
    app.after_request(_keep_shared_open)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def remember(person: Person, device: SignIn, token: str) -> None:
    """Sign this browser in, under a new token, whatever it held before.

    Someone's own device takes on how they read; a shared one keeps to what was chosen on it before they came.
    """
    _forget_all_but_looks()
    if not device.shared:
        display.remember_here(person.simple)
    login_user(SignedIn(person, device, token, access.may_facilitate(person)))
    for unneeded in ("_id", "_fresh"):
        cookie.pop(unneeded, None)
    cookie.permanent = not device.shared
    if device.shared:
        closes_soon()


def closes_soon() -> None:
    """The cookie of a shared device: it goes with the browser, and is refused after half an hour without a page."""
    cookie.permanent = False
    cookie["minute"] = _minute()


def this_browser() -> str:
    """What binds the question put to a passkey to the browser it was put in: the device, or a word drawn for a visitor,
    which signing in takes out of the cookie again.
    """
    if current_user.is_authenticated:
        return f"device {current_user.device.uid}"
    if "browser" not in cookie:
        cookie["browser"] = secrets.token_urlsafe(16)
    return f"visitor {cookie['browser']}"


def label_here() -> str:
    """What this device will be called in its owner's list: « Android · Chrome »."""
    return label_of(request.user_agent.string)


def forget() -> None:
    """Take everything out of this browser's cookie but what is the browser's own: its language, whether its pages are
    the simple ones (who comes back must be able to read the page where they sign in), whether the journal is at hand.
    """
    logout_user()
    _forget_all_but_looks()


def _forget_all_but_looks() -> None:
    looks = {name: cookie[name] for name in ("locale", "simple", at_hand.NAME) if name in cookie}
    cookie.clear()
    cookie.update(looks)


def nobody() -> None:
    """Answer the rest of this request as to a visitor: the database cannot say who is asking."""
    g._login_user = AnonymousUserMixin()


def _of_token(token: str) -> SignedIn | None:
    try:
        found = access.sign_in_by(token_hash(token), clock.now())
    except OperationalError:
        if request.blueprint not in FOR_EVERYBODY:
            raise
        db.session.rollback()  # these pages need no database, and the help numbers least of all may wait for it
        return None
    if found is None:
        return None
    device, person, may_facilitate = found
    if device.shared and _minute() - int(cookie.get("minute", 0)) > SHARED_IDLE_MINUTES:
        return None
    return SignedIn(person, device, token, may_facilitate)


def _keep_shared_open(response: Response) -> Response:
    # the person is only looked at if this request looked for one: a static answer stays without a cookie
    if request.blueprint == "help":
        return response
    if "_login_user" in g and current_user.is_authenticated and current_user.device.shared and request.endpoint:
        cookie["minute"] = _minute()
    return response


def _minute() -> int:
    return int(clock.now().timestamp()) // 60
