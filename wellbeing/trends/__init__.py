"""What was published about a group, shown. It reads frozen releases and can reach nothing they were made from."""

from __future__ import annotations

from flask import Flask

from wellbeing.trends.card import card, latest
from wellbeing.trends.queries import series
from wellbeing.trends.routes import bp


def init_app(app: Flask) -> None:
    """Registers the pages; lends the card, its sentence and the rows to the pages of groups and to the report, which
    are other features'.
    """
    app.register_blueprint(bp)
    app.extensions["trends_card"] = card
    app.extensions["latest_trend"] = latest
    app.extensions["published_series"] = series
