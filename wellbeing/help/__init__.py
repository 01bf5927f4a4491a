"""Help numbers, who sees what, and the accessibility statement: open to anyone, logged nowhere."""

from __future__ import annotations

from flask import Flask

from wellbeing import clock

from .arrangement import number_for_posters
from .lines import refuse_mistakes
from .routes import bp


def init_app(app: Flask) -> None:
    """Register the pages. Raises HelpMistakes when the country's numbers cannot be trusted: better no start.

    Lends the poster the number that stands at its foot, since the poster is another feature's.
    """
    refuse_mistakes(clock.now().date(), app.config["LE_FIL"].help_country)
    app.register_blueprint(bp)
    app.extensions["poster_help_number"] = lambda: number_for_posters(app.config["LE_FIL"].help_country)
