"""One JSON line a request on stdout: what was asked by its route, never what was typed.

The route template stands for the path; there is no query, body, header, address, pseudonym, word or SQL parameter. A
security event says besides whose it is, by a hash whose key changes with the month: two events of one month can be told
to be of one person, and nobody can tell of which, nor follow them into the next. The help pages and the answers to the
gentle card are not logged at all. A failure is logged by its type and place, without its message, which may hold text.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
import sys
import traceback
from pathlib import PurePath
from time import perf_counter

from flask import Flask, Response, g, request

from wellbeing import clock
from wellbeing.keyring.current import current_keyring

UNLOGGED_BLUEPRINTS = ("help", "gentle")
FAILURES = ("failure", "ledger_unwritable")


def init_app(app: Flask) -> None:
    for name in ("werkzeug", "sqlalchemy", "alembic", "flask_limiter"):
        logging.getLogger(name).setLevel(logging.WARNING)

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if request.blueprint not in UNLOGGED_BLUEPRINTS:
            write(
                "request",
                request_id=g.get("request_id"),
                method=request.method if request.method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS") else "?",
                route=request.url_rule.rule if request.url_rule else None,
                status=response.status_code,
                ms=round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
            )
        return response


def event(name: str, **facts: str | int | None) -> None:
    """A security event: a sign-in, a refusal, a limit. Facts are our own words or keyed hashes, nothing typed."""
    write(name, request_id=g.get("request_id"), **facts, **_who())


def _who() -> dict[str, str]:
    """Whose event it is, if this request has found out who asks."""
    user = g.get("_login_user")
    if user is None or not user.is_authenticated:
        return {}
    month = f"{clock.now():%Y-%m}"
    key = current_keyring().keyed_hash("log", month)
    return {"who": hmac.new(key, user.person.uid.encode(), hashlib.sha256).hexdigest()[:16]}


def failure(error: BaseException) -> None:
    """An unforeseen failure, by its type and the place it came from."""
    last = traceback.extract_tb(error.__traceback__)[-1:] or [traceback.FrameSummary("?", 0, "?")]
    write(
        "failure",
        request_id=g.get("request_id"),
        type=type(error).__name__,
        place=f"{PurePath(last[0].filename).name}:{last[0].lineno}",
    )


def write(name: str, **facts: object) -> None:
    level = "error" if name in FAILURES else "warning" if facts.get("result") == "refused" else "info"
    line = {"at": clock.now().isoformat(timespec="milliseconds"), "level": level, "event": name, **facts}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
