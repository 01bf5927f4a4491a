"""Workshops of my groups: when they are, « j’y étais », the code shown on the day, and a calendar of them."""

from __future__ import annotations

from flask import Flask

from .feed import routes as feed
from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.register_blueprint(feed.bp)
