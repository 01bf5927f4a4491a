"""Noting a mood and what goes with it, and reading one's own notes: the participant's alone."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
