"""The steward's page: groups by name, and invitations for those who will run them. No mood, no word, no person."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
