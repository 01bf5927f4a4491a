"""A group as its people see it: size, dates, headcounts; and the tools of those who run it. Never a person."""

from __future__ import annotations

from flask import Flask

from .queries.counts import dates_of
from .routes import bp


def init_app(app: Flask) -> None:
    """Registers the pages; lends a group's dates and headcounts to the features that show figures."""
    app.register_blueprint(bp)
    app.extensions["dates_of"] = dates_of
