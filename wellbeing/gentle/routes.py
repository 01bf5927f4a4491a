"""The answer to the gentle card. The card itself stands on Today; « Voir à qui parler » is a plain link."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect
from werkzeug.wrappers import Response

from wellbeing import clock
from wellbeing.gentle import operations
from wellbeing.gentle.forms import SilenceForm
from wellbeing.models.person import Person
from wellbeing.web.forms import typed
from wellbeing.web.guards import participant

bp = Blueprint("gentle", __name__)


@bp.post("/silence")
@participant
def silence(person: Person) -> Response:
    """Taken whether or not a card was there, and answered alike, so that it tells nothing."""
    today = clock.today_for(person, clock.now())
    operations.silence(person, typed(SilenceForm).day(today), current_app.config["KEYRING"])
    return redirect("/?said=saved.ok", 303)
