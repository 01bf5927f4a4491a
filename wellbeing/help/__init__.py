"""Help numbers, who sees what, and the accessibility statement: open to anyone, logged nowhere."""

from __future__ import annotations

from flask import Flask

from wellbeing import clock

from .lines import refuse_mistakes
from .routes import bp


def init_app(app: Flask) -> None:
    """Register the pages. Raises HelpMistakes when the country's numbers cannot be trusted: better no start."""
    refuse_mistakes(clock.now().date(), app.config["LE_FIL"].help_country)
    app.register_blueprint(bp)
