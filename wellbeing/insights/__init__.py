"""What a person's own notes tell, for them alone: sessions, weeks, words. It reads, and keeps nothing."""

from __future__ import annotations

from flask import Flask

from wellbeing.insights.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
