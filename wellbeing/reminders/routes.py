"""The page of reminders: what one wishes for, and whether it arrives on this device."""

from __future__ import annotations

from datetime import time

from flask import Blueprint, Response, redirect
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import Refusal
from wellbeing.domain.reminders import HOURS
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.reminders.forms import DeviceForm, WishesForm
from wellbeing.reminders.operations import choosing as operations
from wellbeing.reminders.queries import wishes
from wellbeing.web import logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, sent, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant

bp = Blueprint("reminders", __name__)
DONE = "/settings/reminders?said=consent.changed"


@bp.get("/settings/reminders")
@participant
def show(person: Person) -> Response:
    return _page(person)


@bp.post("/settings/reminders")
@participant
def wish(person: Person) -> AnyResponse:
    form = sent(WishesForm)
    try:
        operations.wish_for(person, checked(form).wanted(), clock.now())
    except Refusal as refusal:
        return _page(person, form, refusal)
    return redirect(DONE, 303)


@bp.post("/settings/reminders/device")
@participant
def receive(person: Person) -> AnyResponse:
    """A browser says where its push service takes messages for it; a page sends it, or its worker when that moved."""
    throttle.allow("push", throttle.by_person(person.uid))
    throttle.count("push", throttle.by_person(person.uid))
    try:
        operations.receive(person, current_user.device, typed(DeviceForm).browser(), clock.now())
    except Refusal as refusal:
        logs.event("push", result="refused")
        return _page(person, refusal=refusal)
    logs.event("push", result="on")
    return redirect(DONE, 303)


@bp.post("/settings/reminders/device/end")
@participant
def receive_no_more(person: Person) -> AnyResponse:
    operations.receive_no_more(person, current_user.device, clock.now())
    logs.event("push", result="off")
    return redirect(DONE, 303)


def _page(person: Person, form: WishesForm | None = None, refusal: Refusal | None = None) -> Response:
    wanted, device = wishes.wanted_by(person), current_user.device
    known = {
        "hour": str(wanted.hour),
        "days": [str(day) for day in wanted.days],
        "workshops": wanted.workshops,
        "keepsake": wanted.keepsake,
        "news": wanted.news,
    }
    return page(
        "reminders/reminders.html",
        422 if refusal else 200,
        form=form or WishesForm(data=known),
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
        agreed=wishes.agrees(person),
        hours=[time(hour) for hour in HOURS],
        shared=device.shared,
        arrives=wishes.arrives_on(person, device),
        others=wishes.others(person, device, clock.now()),
        key=current_keyring().vapid_public,
    )
