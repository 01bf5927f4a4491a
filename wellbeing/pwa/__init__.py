"""What makes a browser keep the journal at hand: the manifest, and the service worker with its public shell."""

from __future__ import annotations

from flask import Flask

from . import release
from .routes import bp, install_bp


def init_app(app: Flask) -> None:
    app.config["SHELL_RELEASE"] = release.of(app)
    app.jinja_env.globals["manifest_address"] = f"/manifest.webmanifest?{app.config['SHELL_RELEASE']}"
    app.register_blueprint(bp)
    app.register_blueprint(install_bp)
