"""What was published about a group, shown. It reads frozen releases and can reach nothing they were made from."""

from __future__ import annotations

from flask import Flask

from wellbeing.trends.card import card
from wellbeing.trends.routes import bp


def init_app(app: Flask) -> None:
    """Registers the pages, and lends the card to the group's page, which is another feature's."""
    app.register_blueprint(bp)
    app.extensions["trends_card"] = card
