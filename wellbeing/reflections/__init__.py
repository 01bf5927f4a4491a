"""What a person says of a workshop, before and after, and what they take away: theirs alone."""

from __future__ import annotations

from flask import Flask

from wellbeing.reflections import cards
from wellbeing.reflections.routes import answering, versions


def init_app(app: Flask) -> None:
    for part in (answering, versions):
        app.register_blueprint(part.bp)
    app.extensions["of_a_workshop"] = cards.of_a_workshop  # the page of a workshop shows it, and knows no sibling
