"""The bar of at most five places, by what the person does here; and what every page's frame needs to know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, current_app, request
from flask_login import current_user

from wellbeing import access
from wellbeing.web.guards import current_person, safe_next
from wellbeing.web.locale import t

SAID = frozenset(
    {
        "data.del_done",
        "data.import_stopped",
        "saved.deleted",
        "saved.ok",
        "thread.rest_day",
        "ws.was_done",
        "ws.cal_ended",
        "check.done",
        "in.almost_erased",
        "join.already",
        "fac.moved",
        "fac.saved_unknown",
        "consent.changed",
        "keys.made",
        "keys.removed",
        "keys.closed",
        "keys.closed_all",
        "consent.checkups_stop",
        "out.done",
        "grp.left",
        "grp.flag_done",
        "org.flag_settled",
        "org.mode_changed",
        "org.close_done",
        "org.retention_saved",
        "org.revoked",
        "fac.renewed",
        "fac.name_saved",
        "fac.removed",
        "fac.left",
        "rep.saved",
        "rep.saved_both",
    }
)


@dataclass(frozen=True)
class Place:
    """One link of the bar: its message key, its address, the name of its icon, and whether it is where we are."""

    key: str
    url: str
    icon: str
    current: bool


TODAY = ("nav.today", "/", "today")
NOTES = ("nav.notes", "/journal", "notes")
WORKSHOPS = ("nav.workshops", "/workshops", "workshops")
THREAD = ("nav.thread", "/streak", "thread")
SETTINGS = ("nav.settings", "/settings", "settings")
GROUPS = ("nav.groups", "/groups", "groups")
ORGANISATION = ("nav.organisation", "/organisation", "organisation")


def init_app(app: Flask) -> None:
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    config = current_app.config["LE_FIL"]
    person = current_person()
    said = request.args.get("said", "")
    return {
        "app_name": config.name,
        "signed_in": person is not None,
        # Whose page it is, for the part of the journal that lives on the device, and whether it may keep anything.
        "person_uid": str(uuid.UUID(person.uid)) if person else "",
        "shared": person is not None and current_user.device.shared,
        "nav": places(),
        "said": t(said, months=config.retention_months) if said in SAID else "",
        "unencrypted": not config.https and not config.local,
        # Where the language button leads back to. The answer to a form has no address to come back to: a phrase shown
        # once, or what was typed, would be gone.
        "here": _here() if request.method in ("GET", "HEAD") else "",
    }


def _here() -> str:
    """The address without its query, which is not ours to repeat; only what leads in goes along: a join code, or where
    to go on after signing in.
    """
    code = request.args.get("code") if request.path.startswith("/join") else None
    asks_for_a_key = request.path in ("/sign-in", "/step-up")
    if asks_for_a_key and (onward := safe_next(request.args.get("next"))) != "/":
        return f"{request.path}?{urlencode({'next': onward})}"
    return f"{request.path}?{urlencode({'code': code})}" if code else request.path


def places(marked: bool = True) -> list[Place]:
    """Participants: the journal first. Facilitators: their groups first. Stewards: the organisation first.

    An error page marks no place, since it says nothing of what was asked for.
    """
    person = current_person()
    if person is None:
        return []
    chosen = [TODAY, NOTES, WORKSHOPS, THREAD, SETTINGS]
    if current_user.may_facilitate:
        chosen = [GROUPS, TODAY, NOTES, WORKSHOPS, SETTINGS]
        if access.is_steward(person):
            chosen = [ORGANISATION, GROUPS, TODAY, NOTES, SETTINGS]
    return [Place(key, url, icon, marked and _within(url)) for key, url, icon in chosen]


def _within(url: str) -> bool:
    """Whether we are there, or below; one’s own data are a page of the settings whose address scripts lean on."""
    inside = (url, "/data") if url == SETTINGS[1] else (url,)
    return any(request.path == one or (one != "/" and request.path.startswith(f"{one}/")) for one in inside)
