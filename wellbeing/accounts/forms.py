"""What people type to come in, as values or named refusals."""

from __future__ import annotations

import uuid

from flask import current_app
from wtforms import BooleanField, Form, HiddenField, PasswordField, StringField

from wellbeing.accounts.arrivals import Newcomer
from wellbeing.accounts.history.wordings import digest
from wellbeing.accounts.keys.passkeys import Offered
from wellbeing.domain import names
from wellbeing.domain.refusals import TooYoung
from wellbeing.domain.zones import zone_named
from wellbeing.web.devices import label_here, this_browser
from wellbeing.web.display import is_simple
from wellbeing.web.locale import locale_now, t

OFF = (False, "", "0", "false", "off", "no")
OFFERED = ("journal", "trends", "checkups", "reminders")


class NewcomerForm(Form):
    """The contract of `POST /join`; invitations and the setup page use the same fields."""

    op_id = HiddenField()
    code = StringField()
    pseudonym = StringField()
    age_ok = BooleanField(false_values=OFF)
    consent_journal = BooleanField(false_values=OFF)
    consent_trends = BooleanField(false_values=OFF)
    consent_checkups = BooleanField(false_values=OFF)
    consent_reminders = BooleanField(false_values=OFF)
    passkey = HiddenField()  # what a browser answered when it was asked to make one, as JSON

    def newcomer(self, where: str, timezone: str) -> Newcomer:
        """Who wants to come in. Raises TooYoung, NameMissing, NameTooLong or UnreadableText."""
        pseudonym = names.name(self.pseudonym.data or "", field="pseudonym")
        if not self.age_ok.data:
            raise TooYoung(controller=controller())
        agreed = {"age_ok": text_hash("consent.age")}
        for purpose in OFFERED:
            if self[f"consent_{purpose}"].data:
                agreed[purpose] = text_hash(f"consent.{purpose}")
        return Newcomer(
            pseudonym=pseudonym,
            locale=locale_now(),
            timezone=timezone,
            where=where,
            agreed=agreed,
            arrival=_uuid(self.op_id.data),
            simple=is_simple(),
            passkey=offered(self.passkey.data),
            label=label_here(),
        )


class KeyForm(Form):
    """Opening the journal, or confirming: seven words, or what a passkey answered."""

    phrase = PasswordField()
    passkey = HiddenField()
    shared = BooleanField(false_values=OFF)
    next = HiddenField()


class BadgeForm(Form):
    badge = BooleanField(false_values=OFF)


class SettingsForm(Form):
    pseudonym = StringField()
    locale = StringField()
    timezone = StringField()

    def new_pseudonym(self) -> str | None:
        """The pseudonym typed, None when the form has no such field. Raises as `names.name` does."""
        return names.name(self.pseudonym.data or "", field="pseudonym") if self.pseudonym.raw_data else None

    def zone(self) -> str | None:
        """The zone chosen, None when the field is empty. Raises UnknownZone."""
        given = (self.timezone.data or "").strip()
        return zone_named(given).key if given else None


class DisplayForm(Form):
    simple = BooleanField(false_values=OFF)
    next = HiddenField()


class ChoiceForm(Form):
    purpose = StringField()
    given = BooleanField(false_values=OFF)


class ContributionForm(Form):
    group = StringField()  # the uid of one of the person's groups, or nothing


def controller() -> str:
    """The organisation people entrust their journal to, as pages name it."""
    return current_app.config["LE_FIL"].data_controller or t("host.controller")


def text_hash(key: str) -> str:
    """The SHA-256, in hex, of a consent's text as it is shown, the organisation's name left blank."""
    return digest(t(key))


def offered(answer: str | None) -> Offered | None:
    """The passkey that this browser offers, not looked at yet; None when the form holds none."""
    return Offered(answer, this_browser()) if answer else None


def _uuid(given: str | None) -> str | None:
    try:
        return uuid.UUID(given or "").hex
    except ValueError:
        return None
