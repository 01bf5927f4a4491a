"""Joining, signing in and out, and settings. No e-mail, no name: a pseudonym and a seven-word phrase."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
