"""Today, the page for those who have no account yet, and the page for when there is no network."""

from __future__ import annotations

from flask import Flask

from . import offline, routes


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.bp)
    app.extensions["thread_line"] = routes.thread_line  # the journal answers a tap with it, and knows no sibling
    app.register_blueprint(offline.bp)
