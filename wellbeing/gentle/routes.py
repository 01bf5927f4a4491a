"""The answer to the gentle card, and the way back to it. Its card stands on Today; « Voir à qui parler » is a link."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from wellbeing import clock
from wellbeing.gentle import operations
from wellbeing.gentle.forms import SilenceForm
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web.forms import typed
from wellbeing.web.guards import participant

bp = Blueprint("gentle", __name__)


@bp.post("/silence")
@participant
def silence(person: Person) -> Response:
    """Taken whether or not a card was there, and answered alike, so that it tells nothing.

    The settings offer its end to everybody, silent or not, for the same reason.
    """
    asked = typed(SilenceForm)
    operations.silence(person, asked.day(clock.today_for(person, clock.now())), current_keyring())
    return redirect("/settings?said=saved.ok" if asked.until.data == "over" else "/?said=saved.ok", 303)
