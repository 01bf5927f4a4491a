"""What phones send when the network is back, and what they keep for when it is not: JSON, nothing else."""

from __future__ import annotations

from flask import Flask

from wellbeing.sync import routes
from wellbeing.web import programs


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.bp)
    programs.serves(app, "/sync")
