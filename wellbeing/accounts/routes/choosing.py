"""The page of choices everybody meets once, and the page of the seven words that follows it."""

from __future__ import annotations

import uuid

from flask import Response, current_app

from wellbeing.accounts import pseudonyms
from wellbeing.accounts.arrivals import Arrived
from wellbeing.accounts.forms import OFFERED, NewcomerForm, controller
from wellbeing.accounts.routes import one_by_one
from wellbeing.domain.refusals import Refusal
from wellbeing.models.group import Group
from wellbeing.web import devices, logs
from wellbeing.web.display import is_simple
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import filled
from wellbeing.web.fragments import page
from wellbeing.web.locale import locale_now


def first_ideas(code: str = "") -> NewcomerForm:
    return filled(NewcomerForm, code=code, pseudonym=pseudonyms.suggestion(locale_now()), op_id=str(uuid.uuid4()))


def choices(action: str, form: NewcomerForm, refusal: Refusal | None = None, team: Group | None = None) -> Response:
    """All the choices on one page, above a form that goes to `action`; one a screen for whoever joins a group in the
    simple version. `team` is the group whose team somebody is about to enter.
    """
    if refusal and refusal.field == "passkey":
        form.passkey.data = ""  # it was used up, or never any good: the next one is made anew
    config = current_app.config["LE_FIL"]
    host = {
        "controller": controller(),
        "contact": config.data_contact,
        "hosting": config.hosting,
        "months": config.retention_months,
    }
    if is_simple() and action == "/join":
        return one_by_one.screen(form, host, refusal)
    return page(
        "accounts/choices.html",
        422 if refusal else 200,
        action=action,
        form=form,
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
        purposes=OFFERED,
        team=team.name if team else "",
        host=host,
    )


def welcome(arrived: Arrived, onward: str) -> Response:
    """Sign the newcomer in and show the phrase, this once."""
    devices.remember(arrived.person, arrived.device, arrived.token)
    logs.event("account", result="made", key=arrived.device.key_kind)
    return page("accounts/phrase.html", words=arrived.phrase.split(" "), onward=onward)
