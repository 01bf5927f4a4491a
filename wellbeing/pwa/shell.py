"""The public shell: all that a device keeps. The same for everyone, rendered without a sign-in, and nothing else."""

from __future__ import annotations

from wellbeing.web.assets import asset

# What these pages are made of, and htmx, which whoever signs in next will want. A behaviour that none of them uses is
# fetched with the first page that does. The manifest and its icons are the browser's own business.
FILES = (
    "css/app.css",
    "icons/sprite.svg",
    "icons/favicon.svg",
    "vendor/htmx-4.0.1.min.js",
    "js/app.js",
)
PAGES = ("offline", "help")


def addresses(language: str) -> list[str]:
    """Every address of the shell in a language, in the order in which it is fetched."""
    return [*(asset(file) for file in FILES), *(f"/{page}/{language}" for page in PAGES)]
