"""The thread: weeks kept, how it works, its pace, its pauses, and hiding it. Nobody else ever sees it."""

from __future__ import annotations

from flask import Flask

from .routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
