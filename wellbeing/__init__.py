"""Le fil: a small journal around group workshops. `create_app` puts the floors together; README.md draws them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from wellbeing import clock, db, keyring
from wellbeing.config import ROOT, Config
from wellbeing.web import (
    assets,
    catalogues,
    converters,
    cross_site,
    devices,
    errors,
    fragments,
    guards,
    health,
    locale,
    logs,
    navigation,
    patterns,
    restoring,
    rush,
    security,
    templates,
    whose_page,
)

if TYPE_CHECKING:
    from wellbeing.gestures.ways import Ways

# In this order, which is also the order in which a request meets them.
PARTS = (
    catalogues, logs, restoring, rush, cross_site, devices, whose_page, locale, templates, fragments, navigation,
    assets, security, errors, health, patterns,
)  # fmt: skip
# Named and not imported, so that what reads a setting or the time does not thereby read every feature.
FEATURES = (
    "accounts",
    "journal",
    "workshops",
    "reflections",
    "insights",
    "streak",
    "check_ups",
    "gentle",
    "flags",
    "groups",
    "teams",
    "books",
    "reminders",
    "trends",
    "report",
    "organisation",
    "help",
    "pwa",
    "home",
    "sync",
    "portability",
)


def create_app(
    config: Config | None = None,
    *,
    randbelow: Callable[[int], int] = secrets.randbelow,
    publisher: Callable[..., None] | None = None,
    ways: Ways | None = None,
) -> Flask:
    """Build the application from the environment, or from a `Config` a test made.

    `randbelow` is the only source of chance of published figures; tests hand a seeded one, no setting reaches it.
    `publisher` replaces the one that freezes them, `ways` how gestures of devices are received: in tests only.
    Raises ConfigurationMistakes or SecretsRefused, in words a host can act on.
    """
    os.umask(0o077)  # whatever is written from here on is for its owner alone
    config = config or Config.from_env()
    app = Flask("wellbeing", static_folder=None, template_folder=str(ROOT / "templates"))
    app.jinja_environment = templates.Templates
    app.config.update(LE_FIL=config, RANDBELOW=randbelow, TESTING=config.testing)
    app.config.update(KEYRING=(secrets_of := keyring.load_or_make(config.secrets_path)))
    before = secrets_of.cookies_of_before(clock.now().date())
    app.config.update(SECRET_KEY=secrets_of.cookie[0], SECRET_KEY_FALLBACKS=before)
    app.config.update(MAX_CONTENT_LENGTH=1024 * 1024, MAX_FORM_MEMORY_SIZE=1024 * 1024, TRAP_HTTP_EXCEPTIONS=False)
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=5, COMPRESS_STREAMS=False)
    app.url_map.converters["default"] = converters.Readable
    app.url_map.converters["year"] = converters.Year
    db.init_app(app, config.database_url, config.database_seconds)
    Migrate(app, db.db, directory=str(ROOT / "wellbeing" / "migrations"), render_as_batch=True)
    for part in PARTS:
        part.init_app(app)
    Compress(app)
    for feature in (*FEATURES, "cli"):
        import_module(f"wellbeing.{feature}").init_app(app)
    import_module("wellbeing.worker").init_app(app, publisher)
    import_module("wellbeing.gestures.ways").init_app(app, ways)
    guards.check_audiences(app)
    app.wsgi_app = security.SecureHeaders(app.wsgi_app, config)  # type: ignore[method-assign]
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies)  # type: ignore[method-assign]
    return app
