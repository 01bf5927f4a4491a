"""Discreet reminders, for those who ask: a person's wishes, their browsers, and what the worker sends them."""

from __future__ import annotations

from flask import Flask

from wellbeing.reminders.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
