"""The two addresses at the root that a browser asks for by itself, which look at nobody; and how to install."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, abort, current_app, json, make_response, redirect, request
from rjsmin import jsmin
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Form, StringField

from wellbeing import clock
from wellbeing.config import LOCALES
from wellbeing.domain.reminders import TEXTS
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web import at_hand
from wellbeing.web.compressed import KEPT, same_for_everyone
from wellbeing.web.forms import typed
from wellbeing.web.fragments import page, whole
from wellbeing.web.guards import current_person, public, signed_in
from wellbeing.web.locale import speaking, t

from .manifest import manifest
from .shell import addresses

bp = Blueprint("pwa", __name__)
install_bp = Blueprint("install", __name__)  # its page knows who is asking


@bp.get("/sw.js")
@public
def service_worker() -> Response:
    """The worker that keeps the shell in one language, `?lang=`: two would weigh a third of a first visit.

    With `?sync=1` it is a module that can also send what waits, for browsers that wake it for that. With
    `?push=1` it shows reminders, for browsers that were allowed to: others need not carry their words.
    """
    language = request.args.get("lang", "")
    if language not in LOCALES:
        language = current_app.config["LE_FIL"].default_locale
    with speaking(language):
        script = whole(
            "pwa/sw.js",
            release=current_app.config["SHELL_RELEASE"],
            language=language,
            shell=addresses(language),
            sync=request.args.get("sync") == "1",
            push=request.args.get("push") == "1",
            texts=[t(f"push.{text}") for text in TEXTS],
            name=current_app.config["LE_FIL"].name,
            key=current_keyring().vapid_public,
        )
    return _revalidated(_without_comments(script), "text/javascript; charset=utf-8")


@bp.get("/manifest.webmanifest")
@public
def web_manifest() -> Response:
    """Pages ask for it under the name of their release, and then it never changes; without one it is asked about."""
    config = current_app.config["LE_FIL"]
    with speaking(config.default_locale):
        response = _revalidated(json.dumps(manifest(config)), "application/manifest+json")
    if request.query_string.decode() == current_app.config["SHELL_RELEASE"]:
        response.headers["Cache-Control"] = "max-age=31536000, public, immutable"
    return response


@install_bp.get("/install")
@public
def install() -> Response:
    """How to keep the journal at hand on each kind of device. Whoever was offered it may say « not now »."""
    person = current_person()
    offered = person is not None and at_hand.is_offered(clock.today_for(person, clock.now()))
    return page("pwa/install.html", offered=offered, badge=person is not None and person.badge)


class AnswerForm(Form):
    answer = StringField()


@install_bp.post("/install")
@signed_in
def answer(person: Person) -> AnyResponse:
    """Of this browser: `later`, or `done`, which the page says by itself once the browser has installed it."""
    said = typed(AnswerForm).answer.data
    if said not in at_hand.ANSWERS:
        abort(422)
    at_hand.remember(said, clock.today_for(person, clock.now()))
    return redirect("/" if said == "later" else "/install", 303)


@lru_cache(KEPT)
def _without_comments(script: str) -> str:
    return str(jsmin(script)) + "\n"


def _revalidated(body: str, content_type: str) -> Response:
    """Kept by the browser, and asked about each time."""
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response = same_for_everyone(response)
    response.make_conditional(request)
    return response
