"""The book of somebody who runs groups: what they meant, what worked, what to adapt. Theirs, no co-facilitator's."""

from __future__ import annotations

from flask import Flask

from wellbeing.books import queries
from wellbeing.books.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.extensions["keeps_a_book"] = queries.keeps_a_book  # settings show the way to it, and know no sibling
