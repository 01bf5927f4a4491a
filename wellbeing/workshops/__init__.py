"""Workshops of my groups: when they are, « j’y étais », and the code shown on the day."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
