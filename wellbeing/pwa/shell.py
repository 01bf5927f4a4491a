"""The public shell: all that a device keeps. The same for everyone, rendered without a sign-in, and nothing else."""

from __future__ import annotations

from wellbeing.web.assets import asset

# What these pages are made of. A behaviour that none of them uses is fetched with the first page that does. The
# manifest and its icons are the browser's own business.
FILES = (
    "css/app.css",
    "icons/sprite.svg",
    "icons/favicon.svg",
    "js/app.js",
)
PAGES = ("offline", "help")  # in the order in which they are sent together (wellbeing/home/offline.py)


def files() -> list[str]:
    """The addresses of the files, which are mostly here already."""
    return [asset(file) for file in FILES]


def pages(language: str) -> list[str]:
    """The addresses under which the pages are kept."""
    return [f"/{page}/{language}" for page in PAGES]
