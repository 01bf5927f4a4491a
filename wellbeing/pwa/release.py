"""Which release of the shell this is. A browser fetches the shell again only when the service worker's bytes change, so
they must change with anything that a shell page is made of: static files, templates, words, help numbers, settings."""

from __future__ import annotations

import hashlib

from flask import Flask

from wellbeing.config import ROOT

MADE_OF = ("templates/**/*", "wellbeing/translations/**/*.po", "wellbeing/data/help/*.json")


def of(app: Flask) -> str:
    """Sixteen hex digits, the same on every worker of one release of one installation."""
    config = app.config["LE_FIL"]
    digest = hashlib.sha256(app.config["ASSETS_VERSION"].encode())
    for pattern in MADE_OF:
        for file in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
            digest.update(file.read_bytes())
    digest.update(repr((config.name, config.help_country, config.public_url)).encode())
    return digest.hexdigest()[:16]
