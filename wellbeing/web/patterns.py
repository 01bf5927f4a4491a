"""`/patterns`: every fragment in each of its states, on one page. It exists in development only."""

from __future__ import annotations

from importlib import import_module

from flask import Flask, Response

from wellbeing.web.fragments import page
from wellbeing.web.guards import public


def init_app(app: Flask) -> None:
    """Add the page when `FLASK_DEBUG` is on; elsewhere there is no such address and no sample is imported."""
    if app.config["LE_FIL"].debug:
        app.add_url_rule("/patterns", "patterns", patterns)


@public
def patterns() -> Response:
    samples = import_module("tests.templates.samples").SAMPLES
    return page("shared/patterns.html", samples=samples)
