"""A group as its people see it: size, dates, headcounts; and the tools of those who run it. Never a person."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
