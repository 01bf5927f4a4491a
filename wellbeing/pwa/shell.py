"""The public shell: all that a device keeps. The same for everyone, rendered without a sign-in, and nothing else."""

from __future__ import annotations

from wellbeing.config import LOCALES
from wellbeing.web.assets import asset

# What these pages are made of, and htmx, which whoever signs in next will want. A behaviour that none of them uses is
# fetched with the first page that does: kept in advance, six of them would weigh as much as the help in both languages.
FILES = (
    "css/app.css",
    "icons/sprite.svg",
    "icons/favicon.svg",
    "icons/app-192.png",
    "vendor/htmx-4.0.1.min.js",
    "js/app.js",
    "js/behaviours/shell.js",
    "js/behaviours/at-most.js",
    "js/behaviours/op-id.js",
    "js/outbox/page.js",
)
PAGES = tuple(f"/{page}/{locale}" for page in ("offline", "help") for locale in LOCALES)


def addresses() -> list[str]:
    """Every address of the shell, in the order in which it is fetched."""
    return [*(asset(file) for file in FILES), "/manifest.webmanifest", *PAGES]
