"""A group as somebody wants it, and the code that opens it."""

from __future__ import annotations

import uuid

from wtforms import BooleanField, Field, Form, HiddenField, StringField

from wellbeing.domain import names
from wellbeing.domain.zones import zone_named
from wellbeing.groups.forms.reading import text_of
from wellbeing.groups.refusals import ContactNotConfirmed, UnknownAnswer
from wellbeing.groups.school_holidays import ZONES
from wellbeing.groups.wishes import Wanted
from wellbeing.models.group import ACTIVITIES

TERRITORIES = (
    *("corse", "guadeloupe", "guyane", "martinique", "mayotte", "reunion", "nouvelle-caledonie", "polynesie"),
    *("saint-pierre-et-miquelon", "wallis-et-futuna"),
)
HOLIDAY_ZONES = ("none", *ZONES, *TERRITORIES)
OFF = (False, "", "0", "false", "off", "no")


class GroupForm(Form):
    """The contract of `POST /groups`. A form that asks for `contact_ok` says so in `asked`, and is refused without it;
    a script that sends the six fields of the contract was asked nothing.
    """

    op_id = HiddenField()
    asked = HiddenField()
    name = StringField()
    activity = StringField()
    place = StringField()
    timezone = StringField()
    holiday_zone = StringField()
    safety_contact = StringField()
    contact_ok = BooleanField(false_values=OFF)
    shown_name = StringField()

    def wanted(self, default_timezone: str) -> Wanted:
        """Raises the refusal of the first field that cannot be kept, in the order in which the form asks."""
        wanted = Wanted(
            name=names.name(text_of(self.name), field="name"),
            activity=_one_of(ACTIVITIES, self.activity),
            place=names.name(text_of(self.place), field="place"),
            holiday_zone=_one_of(HOLIDAY_ZONES, self.holiday_zone, "none"),
            safety_contact=names.name(text_of(self.safety_contact), field="safety_contact"),
            timezone=zone_named(text_of(self.timezone) or default_timezone).key,
            shown_name=names.name(shown, field="shown_name") if (shown := text_of(self.shown_name)) else None,
            op_id=_uuid(text_of(self.op_id)),
        )
        if text_of(self.asked) == "contact_ok" and not self.contact_ok.data:
            raise ContactNotConfirmed
        return wanted


class RenewalForm(Form):
    """Changing the join code; the page says which code it is about."""

    instead_of = HiddenField()


def _one_of(choices: tuple[str, ...], field: Field, default: str | None = None) -> str:
    given = text_of(field) or default
    if given not in choices:
        raise UnknownAnswer(field=field.name)
    return given


def _uuid(given: str) -> str | None:
    try:
        return uuid.UUID(given).hex
    except ValueError:
        return None
