"""Joining, signing in and out, and settings. No e-mail, no name: a pseudonym, a seven-word phrase, passkeys."""

from __future__ import annotations

from flask import Flask

from wellbeing.accounts.keys.routes import asking, keys, stepping
from wellbeing.accounts.routes import arriving, erasing, history, settings, signing_in
from wellbeing.web import programs


def init_app(app: Flask) -> None:
    for part in (arriving, signing_in, asking, stepping, settings, history, keys, erasing):
        app.register_blueprint(part.bp)
    for address in asking.ADDRESSES:
        programs.serves(app, address)
