"""The words of pages, compiled before anything starts: a page that cannot say a word is of no use."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from wellbeing.config import LOCALES


class CataloguesMissing(Exception):
    """Nothing has compiled the words yet; the message says to a host what does."""


def init_app(app: Flask) -> None:
    """Raises CataloguesMissing where no page could say a word."""
    places = (Path(app.root_path, "translations", tongue, "LC_MESSAGES", "messages.mo") for tongue in LOCALES)
    if not all(place.exists() for place in places):
        raise CataloguesMissing("The words are not compiled yet: start with `make run` or `make demo`, which do it.")
