"""Pages that anyone may open, which set no cookie and leave no line in the log (the blueprint `help` is not logged)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app

from wellbeing.web.compressed import same_for_everyone
from wellbeing.web.display import for_everyone
from wellbeing.web.fragments import page
from wellbeing.web.guards import public
from wellbeing.web.locale import locale_now, speaking

from .arrangement import arranged_for

bp = Blueprint("help", __name__)
STATEMENT_WRITTEN_ON = date(2026, 11, 22)


@bp.get("/help")
@public
def numbers() -> Response:
    return _numbers(locale_now())


@bp.get("/help/<any(fr, en):locale>")
@public
def numbers_in(locale: str) -> Response:
    """The same bytes for everyone, signed in or not: what a device keeps for the day it has no network."""
    with speaking(locale), for_everyone():
        return same_for_everyone(_numbers(locale, signed_in=False, nav=[], said=""))


@bp.get("/who-sees-what")
@public
def who_sees_what() -> Response:
    return page("help/who_sees_what.html", hosting=current_app.config["LE_FIL"].hosting)


@bp.get("/accessibility")
@public
def accessibility() -> Response:
    config = current_app.config["LE_FIL"]
    return page(
        "help/accessibility.html",
        controller=config.data_controller,
        contact=config.data_contact,
        written_on=STATEMENT_WRITTEN_ON,
    )


def _numbers(locale: str, **frame: Any) -> Response:
    country = current_app.config["LE_FIL"].help_country
    return page("help/help.html", lines=arranged_for(country, locale), **frame)
