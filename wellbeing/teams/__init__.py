"""Who runs a group: a team that lets somebody in by a link, and keeps at least one. Names typed for it, no person."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
