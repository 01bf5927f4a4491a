"""The way out: everything of a person erased, after a key and one page that says what that means."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.accounts import queries
from wellbeing.accounts.operations import erasing as operations
from wellbeing.domain.refusals import Refusal
from wellbeing.models.person import Person
from wellbeing.web import devices, logs
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import page
from wellbeing.web.guards import fresh, signed_in

bp = Blueprint("erasing", __name__)


@bp.get("/settings/erasure")
@signed_in
@fresh
def ask(person: Person) -> Response:
    return _page(person)


@bp.post("/settings/erasure")
@signed_in
@fresh
def erase(person: Person) -> AnyResponse:
    try:
        operations.erase(person, clock.now())
    except Refusal as refusal:
        return _page(person, refusal)
    logs.event("erased")
    devices.forget()
    response = redirect("/?said=data.del_done", 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _page(person: Person, refusal: Refusal | None = None) -> Response:
    return page(
        "accounts/erasure.html",
        422 if refusal else 200,
        sentence=sentence_of(refusal) if refusal else "",
        elsewhere=[
            device
            for device in queries.open_devices(person, clock.now())
            if not device.shared and device.id != current_user.device.id
        ],
        alone=queries.groups_run_alone(person),
        backup_days=current_app.config["LE_FIL"].backup_days,
    )
