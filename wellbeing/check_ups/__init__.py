"""Check-ups: a few questions now and then, for one's own curve. Nothing here reaches a group, a trend or a report."""

from __future__ import annotations

from flask import Flask

from wellbeing.check_ups.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
