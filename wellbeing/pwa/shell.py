"""The public shell: all that a device keeps. The same for everyone, rendered without a sign-in, and nothing else."""

from __future__ import annotations

from wellbeing.config import LOCALES, ROOT
from wellbeing.web.assets import asset

STATIC = ROOT / "static"
FILES = (
    "css/app.css",
    "icons/sprite.svg",
    "icons/favicon.svg",
    "icons/app-192.png",
    "vendor/htmx-4.0.1.min.js",
    *(str(script.relative_to(STATIC)) for script in sorted((STATIC / "js").rglob("*.js"))),
)
PAGES = tuple(f"/{page}/{locale}" for page in ("offline", "help") for locale in LOCALES)


def addresses() -> list[str]:
    """Every address of the shell, in the order in which it is fetched."""
    return [*(asset(file) for file in FILES), "/manifest.webmanifest", *PAGES]
