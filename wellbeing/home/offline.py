"""The page a device shows when there is no network: the same for everyone, kept in advance, with the help numbers.

It stands here because it composes: what waits on the device and the cards of a workshop will join the numbers.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from flask_babel import force_locale

from wellbeing.help.arrangement import arranged_for
from wellbeing.web.fragments import page
from wellbeing.web.guards import public

bp = Blueprint("offline", __name__)


@bp.get("/offline/<any(fr, en):locale>")
@public
def offline(locale: str) -> Response:
    """The same bytes whoever asks: no bar, no name, no cookie read."""
    lines = arranged_for(current_app.config["LE_FIL"].help_country, locale)
    urgent = [*lines.emergency[:2], *lines.suicide[:1]]
    with force_locale(locale):
        response = page("home/offline.html", urgent=urgent, signed_in=False, nav=[], said="", kept=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
