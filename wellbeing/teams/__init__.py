"""Who runs a group: a team that lets somebody in by a link, and keeps at least one. Names typed for it, no person."""

from __future__ import annotations

from flask import Flask

from wellbeing.teams.routes import overseen, team


def init_app(app: Flask) -> None:
    for part in (team, overseen):
        app.register_blueprint(part.bp)
