"""The gentle card: an offer of help on one's own Today, worked out for that page, kept and told nowhere.

Its answers leave no line in the log either (`web/logs.py`): a line would say that the card had been there.
"""

from __future__ import annotations

from flask import Flask

from wellbeing.gentle.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
