"""Noting a mood and what goes with it, and reading one's own notes: the participant's alone."""

from __future__ import annotations

from flask import Flask

from wellbeing.journal.routes import days, entries, finding, noting, versions


def init_app(app: Flask) -> None:
    for part in (noting, entries, versions, finding, days):
        app.register_blueprint(part.bp)
