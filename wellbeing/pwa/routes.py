"""The two addresses at the root that a browser asks for by itself. Neither looks at who is asking."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, json, make_response, render_template, request

from wellbeing.config import LOCALES
from wellbeing.web.compressed import same_for_everyone
from wellbeing.web.guards import public
from wellbeing.web.locale import speaking

from .manifest import manifest
from .shell import addresses

bp = Blueprint("pwa", __name__)


@bp.get("/sw.js")
@public
def service_worker() -> Response:
    """The worker that keeps the shell in one language, `?lang=`: two would weigh a third of a first visit.

    With `?sync=1` it is a module that can also send what waits, for browsers that wake it for that (`sync.md`).
    """
    language = request.args.get("lang", "")
    if language not in LOCALES:
        language = current_app.config["LE_FIL"].default_locale
    script = render_template(
        "pwa/sw.js",
        release=current_app.config["SHELL_RELEASE"],
        language=language,
        shell=addresses(language),
        sync=request.args.get("sync") == "1",
    )
    return _revalidated(script, "text/javascript; charset=utf-8")


@bp.get("/manifest.webmanifest")
@public
def web_manifest() -> Response:
    config = current_app.config["LE_FIL"]
    with speaking(config.default_locale):
        return _revalidated(json.dumps(manifest(config)), "application/manifest+json")


def _revalidated(body: str, content_type: str) -> Response:
    """Kept by the browser, and asked about each time."""
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response = same_for_everyone(response)
    response.make_conditional(request)
    return response
