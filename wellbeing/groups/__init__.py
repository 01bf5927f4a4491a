"""A group as its people see it: size, dates, headcounts; and the tools of those who run it. Never a person."""

from __future__ import annotations

from flask import Flask

from wellbeing.groups.routes import circle, dates


def init_app(app: Flask) -> None:
    for part in (circle, dates):
        app.register_blueprint(part.bp)
