"""Joining, signing in and out, and settings. No e-mail, no name: a pseudonym and a seven-word phrase."""

from __future__ import annotations

from flask import Flask

from wellbeing.accounts.routes import arriving, erasing, history, settings, signing_in


def init_app(app: Flask) -> None:
    for part in (arriving, signing_in, settings, history, erasing):
        app.register_blueprint(part.bp)
