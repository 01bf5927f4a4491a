"""Writes sent from another site are refused by what the browser says of them; no token exists, so none goes stale.

Fetch Metadata is asked first, then Origin, and a request with neither is a script. `SameSite=Lax` keeps the cookie out
of cross-site writes besides (docs/decisions/0002).
"""

from __future__ import annotations

from flask import Flask, abort, current_app, request

from wellbeing.web import logs

SAFE = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask) -> None:
    app.before_request(_refuse_cross_site)


def _refuse_cross_site() -> None:
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = origin is not None and origin != current_app.config["LE_FIL"].public_url
    if foreign:
        logs.event("cross_site", result="refused")
        abort(403)
