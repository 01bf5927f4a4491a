"""The page a device shows when there is no network: the same for everyone, kept in advance, with the help numbers.

It holds the buttons of Today, and the pieces (`<template>`) with which a device shows what waits on it; the device
alone fills them in. Signed-in pages borrow those pieces from here, so that none has to carry them.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response

from wellbeing.help.arrangement import arranged_for
from wellbeing.journal import pieces
from wellbeing.journal.forms import FeelingForm
from wellbeing.reflections import pieces as reflections
from wellbeing.web.compressed import same_for_everyone
from wellbeing.web.display import for_everyone
from wellbeing.web.forms import filled
from wellbeing.web.fragments import page
from wellbeing.web.guards import public
from wellbeing.web.locale import speaking

bp = Blueprint("offline", __name__)
FRAME: dict[str, Any] = {"signed_in": False, "nav": [], "said": ""}  # of a page that knows nobody


@bp.get("/offline/<any(fr, en):locale>")
@public
def offline(locale: str) -> Response:
    """The same bytes whoever asks: no bar, no name, no cookie read."""
    return _kept_in_advance(_offline(locale))


@bp.get("/shell/<any(fr, en):locale>")
@public
def shell(locale: str) -> Response:
    """Both pages that a device keeps, this one and the help numbers, with a form feed between: what they share weighs
    once. It is text, for the worker to part (templates/pwa/sw.js), with the headers of the pages it becomes.
    """
    response = _kept_in_advance("\f".join((_offline(locale), _help(locale))))
    response.mimetype = "text/plain"
    return response


def _offline(locale: str) -> str:
    lines = arranged_for(current_app.config["LE_FIL"].help_country, locale)
    urgent = [*lines.emergency[:2], *lines.suicide[:1]]
    with speaking(locale), for_everyone():
        to_come = pieces.details(filled(FeelingForm, mood="{mood}", felt_at="{feltAt}", note=""), "{uid}")
        before, after = reflections.to_come()
        parts = {"details": to_come, "before": before, "after": after}
        return page("home/offline.html", urgent=urgent, parts=parts, **FRAME).get_data(as_text=True)


def _help(locale: str) -> str:
    lines = arranged_for(current_app.config["LE_FIL"].help_country, locale)
    with speaking(locale), for_everyone():
        return page("help/help.html", lines=lines, **FRAME).get_data(as_text=True)


def _kept_in_advance(text: str) -> Response:
    response = make_response(text)
    response.headers["Cache-Control"] = "no-cache"
    return same_for_everyone(response)
