"""Choices with their dates: what was agreed to, by which text, where, and when it was taken back."""

from __future__ import annotations

from flask import Blueprint, Response

from wellbeing.accounts.forms import OFFERED, controller
from wellbeing.accounts.history.queries import consents_of
from wellbeing.accounts.history.wordings import wording
from wellbeing.models.consent import Consent
from wellbeing.models.person import Person
from wellbeing.web.fragments import page
from wellbeing.web.guards import signed_in
from wellbeing.web.locale import speaking

bp = Blueprint("history", __name__)
PLACES = ("join", "invitation", "setup", "settings")


@bp.get("/settings/choices")
@signed_in
def choices(person: Person) -> Response:
    given = consents_of(person)
    return page(
        "accounts/history.html",
        purposes=OFFERED,
        controller=controller(),
        consents={purpose: [_dated(one) for one in given.get(purpose, ())] for purpose in ("age_ok", *OFFERED)},
        zone=person.timezone,
    )


def _dated(consent: Consent) -> dict[str, object]:
    return {
        "given_at": consent.given_at,
        "withdrawn_at": consent.withdrawn_at,
        "where": consent.given_in if consent.given_in in PLACES else "setup",
        "locale": consent.locale,
        "text": _text(consent),
    }


def _text(consent: Consent) -> str | None:
    """What was agreed to, every word of it in the language in which it was shown."""
    with speaking(consent.locale):
        return wording(consent.text_hash, controller())
