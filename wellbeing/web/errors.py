"""Refusals and failures, put into words once: one sentence, a request number, a way to the help numbers.

Nothing that was asked or typed is echoed. What is not yours, does not exist, or was deleted is the same 404.
"""

from __future__ import annotations

from flask import Flask, Response, g, make_response, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from wellbeing.db import db
from wellbeing.domain.refusals import Refusal
from wellbeing.web import devices, logs, programs
from wellbeing.web.fragments import fragment, page, wants_fragments
from wellbeing.web.locale import clock_time, number, t
from wellbeing.web.navigation import places
from wellbeing.web.throttle import Busy, TooManyTries

SENTENCES = {
    401: "err.closed",
    403: "err.cross_site",
    404: "err.not_found",
    405: "err.not_found",
    409: "net.other",
    413: "err.too_big",
    415: "err.unknown",
    422: "err.unknown",
    503: "err.busy",
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(TooManyTries, _too_many)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(NoConnection, _database_gone)
    app.register_error_handler(Exception, _failed)


def sentence_of(refusal: Refusal) -> str:
    """The refusal in the reader's language, and its numbers as that language writes them."""
    said = {name: number(value) if isinstance(value, int) else value for name, value in refusal.values.items()}
    return t(refusal.key, **said)


def _refused(refusal: Refusal) -> Response:
    """A refusal that no form caught: its sentence, alone."""
    if wants_fragments():
        return make_response(fragment("shared/_refusal.html", sentence=sentence_of(refusal)), 422)
    return _page(422, sentence_of(refusal))


def _too_many(refusal: TooManyTries) -> Response:
    logs.event("limit", limit=refusal.limit)
    response = _page(429, t("err.wait", time=clock_time(refusal.until_local)))
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _busy(_: Busy) -> Response:
    response = _page(503, t("err.busy"))
    response.headers["Retry-After"] = "5" if programs.asked() else "2"
    return response


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return Response(status=code, headers=dict(error.get_headers()))
    response = _page(code, t(SENTENCES.get(code, "err.unknown")))
    if code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods or ())  # type: ignore[attr-defined]
    return response


def _database_gone(error: OperationalError | NoConnection) -> Response:
    """Nobody’s rights can be looked up, so nobody is given anything: 503, and what was saved stays saved."""
    logs.failure(error)
    db.session.rollback()
    devices.nobody()
    return _busy(Busy())


def _failed(error: Exception) -> Response:
    logs.failure(error)
    db.session.rollback()
    return _page(500, t("err.unknown"))


def _page(code: int, sentence: str) -> Response:
    if programs.asked():
        return programs.refusal(code)
    if request.headers.get("HX-Request") == "true":  # a page does not fit in a card; for 401 and 403 the page has words
        return make_response("" if code in (401, 403) else fragment("shared/_refusal.html", sentence=sentence), code)
    said = {"sentence": sentence, "code": code, "request_id": g.get("request_id", ""), "nav": places(marked=False)}
    return page("errors/error.html", code, **said)
