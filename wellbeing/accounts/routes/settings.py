"""The person's pseudonym, language, zone, version and choices."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, request
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.accounts import queries
from wellbeing.accounts.contributing import operations as contributing
from wellbeing.accounts.contributing.queries import home_of
from wellbeing.accounts.forms import (
    OFFERED,
    BadgeForm,
    ChoiceForm,
    ContributionForm,
    DisplayForm,
    SettingsForm,
    controller,
    text_hash,
)
from wellbeing.accounts.keys.queries import days_of_changes
from wellbeing.accounts.operations import choices as operations
from wellbeing.accounts.operations import devices
from wellbeing.config import LOCALES
from wellbeing.domain.refusals import Refusal
from wellbeing.models.person import Person
from wellbeing.web import display
from wellbeing.web.devices import closes_soon
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, sent, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import current_person, public, safe_next, signed_in

bp = Blueprint("settings", __name__)


@bp.get("/settings")
@signed_in
def settings(person: Person) -> Response:
    known = {"locale": person.locale, "timezone": person.timezone, "pseudonym": queries.pseudonym(person)}
    return _settings(person, filled(SettingsForm, **known))


@bp.post("/settings")
@signed_in
def change_settings(person: Person) -> AnyResponse:
    form = sent(SettingsForm)
    try:
        zone, pseudonym = checked(form).zone(), form.new_pseudonym()
    except Refusal as refusal:
        return _settings(person, form, refusal)
    locale = form.locale.data if form.locale.data in LOCALES else None
    operations.change_settings(person, locale=locale, timezone=zone, pseudonym=pseudonym, now=clock.now())
    return redirect("/settings?said=consent.changed", 303)


@bp.post("/settings/choices")
@signed_in
def choose(person: Person) -> AnyResponse:
    """Give or take back a consent, each in one tap. Taking back `journal` is erasing, which has its own page."""
    form = typed(ChoiceForm)
    purpose, given = form.purpose.data, bool(form.given.data)
    if purpose not in OFFERED or (purpose == "journal" and not given):
        abort(422)
    operations.choose(person, purpose, given, text_hash(f"consent.{purpose}"), clock.now())
    said = "consent.changed" if given or purpose != "checkups" else "consent.checkups_stop"
    return redirect(safe_next(request.form.get("next"), f"/settings?said={said}"), 303)


@bp.post("/settings/shared")
@signed_in
def share(_: Person) -> AnyResponse:
    """« Cet appareil est partagé, ou n’est pas à moi », said after signing in: the page then clears what it kept."""
    devices.share(current_user.device, clock.now())
    closes_soon()
    return redirect("/settings?said=consent.changed", 303)


@bp.post("/settings/badge")
@signed_in
def change_badge(person: Person) -> AnyResponse:
    """Asked for where the application is installed: nowhere else is there an icon to carry a number."""
    operations.number_the_icon(person, bool(typed(BadgeForm).badge.data))
    return redirect("/install?said=consent.changed", 303)


@bp.post("/settings/contribution")
@signed_in
def contribute(person: Person) -> AnyResponse:
    """From the next boundary on, in which of their groups the person's answers count; `group` empty means in none."""
    uid = typed(ContributionForm).group.data
    if uid is None:
        abort(422)
    group = (access.groups_joined_by(person).get(uid) or abort(404)) if uid else None
    contributing.contribute(person, group, clock.now())
    return redirect("/settings?said=consent.changed", 303)


@bp.post("/locale")
@public
def change_locale() -> AnyResponse:
    """The language of this device, and of the person if someone is signed in."""
    form = typed(SettingsForm)
    if form.locale.data not in LOCALES:
        abort(422)
    cookie["locale"] = form.locale.data
    if (person := current_person()) is not None:
        operations.change_settings(person, locale=form.locale.data, now=clock.now())
    return redirect(safe_next(request.form.get("next")), 303)


@bp.post("/display")
@public
def change_display() -> AnyResponse:
    """The simple version or the ordinary one: of the person if someone is signed in, and of this browser, unless it is
    one they share.
    """
    form = typed(DisplayForm)
    simple = bool(form.simple.data)
    if (person := current_person()) is not None:
        operations.read_simply(person, simple)
    if person is None or not current_user.device.shared:
        display.remember_here(simple)
    return redirect(safe_next(form.next.data), 303)


def _settings(person: Person, form: SettingsForm, refusal: Refusal | None = None) -> Response:
    return page(
        "accounts/settings.html",
        422 if refusal else 200,
        form=form,
        refused=refusal.field if refusal else None,
        sentence=sentence_of(refusal) if refusal else "",
        readable=queries.pseudonym(person) is not None,
        agreed=queries.agreed_to(person),
        purposes=OFFERED,
        controller=controller(),
        groups=access.groups_joined_by(person).all(),
        home=home_of(person, clock.now().date()),
        shared=current_user.device.shared,
        changed=days_of_changes(person, clock.now()),
        keeps_a_book=current_app.extensions["keeps_a_book"](person),
    )
