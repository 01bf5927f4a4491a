"""The manifest: what the journal is called once installed, its icons, its two shortcuts, its pictures."""

from __future__ import annotations

from wellbeing.config import ROOT, Config
from wellbeing.web.assets import asset
from wellbeing.web.locale import t

PAPER = "#FAF7F2"
PICTURES = {"narrow": (("today", "nav.today"), ("journal", "nav.notes")), "wide": (("today", "nav.today"),)}
SIZES = {"narrow": "540x1110", "wide": "1280x800"}


def manifest(config: Config) -> dict[str, object]:
    """The members of the manifest, in the host's language. The pictures show made-up people only."""
    return {
        "id": "/",
        "scope": "/",
        "start_url": "/",
        "name": config.name,
        "short_name": config.name[:12].strip(),
        "description": t("app.tagline"),
        "lang": config.default_locale,
        "dir": "ltr",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["health", "lifestyle"],
        "icons": [
            # The one that the page has shown already: what a browser needs to offer to install.
            _icon("favicon.svg", "any", "any"),
            _icon("app-192.png", "192x192", "any"),
            _icon("app-512.png", "512x512", "any"),
            _icon("app-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [_shortcut(t("inst.note"), "/"), _shortcut(t("nav.workshops"), "/workshops")],
        "screenshots": [
            {
                "src": asset(f"screenshots/{name}-{form}.png"),
                "sizes": SIZES[form],
                "type": "image/png",
                "form_factor": form,
                "label": t(key),
            }
            for form, pictures in PICTURES.items()
            for name, key in pictures
            if (ROOT / "static" / "screenshots" / f"{name}-{form}.png").exists()
        ],
    }


def _icon(file: str, sizes: str, purpose: str) -> dict[str, str]:
    kind = "image/svg+xml" if file.endswith(".svg") else "image/png"
    return {"src": asset(f"icons/{file}"), "sizes": sizes, "type": kind, "purpose": purpose}


def _shortcut(name: str, url: str) -> dict[str, object]:
    return {"name": name, "url": url, "icons": [_icon("app-192.png", "192x192", "any")]}
