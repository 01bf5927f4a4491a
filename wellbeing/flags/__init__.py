"""« Ce nombre est faux »: a participant says so of a number that everybody in the group sees, and nobody learns who."""

from __future__ import annotations

from flask import Flask

from wellbeing.flags.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
