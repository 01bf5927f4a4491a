"""A group as its people see it: size, dates, headcounts; and the tools of those who run it. Never a person."""

from __future__ import annotations

from flask import Flask

from wellbeing.groups.queries.counts import dates_of
from wellbeing.groups.queries.school import holidays_until
from wellbeing.groups.routes import circle, dates


def init_app(app: Flask) -> None:
    """Registers the pages; lends a group's dates and headcounts to the features that show figures, and its holidays to
    the thread.
    """
    for part in (circle, dates):
        app.register_blueprint(part.bp)
    app.extensions["dates_of"] = dates_of
    app.extensions["holidays_until"] = holidays_until
