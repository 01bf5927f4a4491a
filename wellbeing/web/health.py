"""`/healthz`: the word `ok`, or 503 when the database does not answer. Says nothing else."""

from __future__ import annotations

from flask import Blueprint, Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from wellbeing.db import db
from wellbeing.web import logs
from wellbeing.web.guards import public

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/healthz")
@public
def healthz() -> Response:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        logs.failure(error)
        return Response("unavailable", 503, mimetype="text/plain")
    return Response("ok", mimetype="text/plain")
