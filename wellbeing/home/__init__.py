"""(being written)"""

from __future__ import annotations

from flask import Flask

from . import offline


def init_app(app: Flask) -> None:
    app.register_blueprint(offline.bp)
