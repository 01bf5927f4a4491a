"""Help numbers, who sees what, and the accessibility statement: open to anyone, logged nowhere."""

from __future__ import annotations

from flask import Flask

from wellbeing import clock

from .lines import HelpMistakes, mistakes_on
from .routes import bp


def init_app(app: Flask) -> None:
    """Register the pages. Raises HelpMistakes when the country's numbers cannot be trusted: better no start."""
    if mistakes := mistakes_on(clock.now().date(), app.config["LE_FIL"].help_country):
        raise HelpMistakes("\n".join(mistakes))
    app.register_blueprint(bp)
