"""The compiled words of each language, without which no page could say anything."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from wellbeing.config import LOCALES


class CataloguesMissing(Exception):
    """Nothing has compiled the words yet; the message says to a host what does."""


def look_for_them(app: Flask) -> None:
    """Raises CataloguesMissing."""
    places = (Path(app.root_path, "translations", tongue, "LC_MESSAGES", "messages.mo") for tongue in LOCALES)
    if not all(place.exists() for place in places):
        raise CataloguesMissing("The words are not compiled yet: start with `make run` or `make demo`, which do it.")
