"""What a facilitator types, as values or named refusals. What was typed stays in the form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, time

from wtforms import BooleanField, Field, Form, HiddenField, StringField

from wellbeing.domain import names
from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import HeadcountImpossible, ImpossibleDate
from wellbeing.domain.zones import zone_named
from wellbeing.groups.refusals import ContactNotConfirmed, ImpossibleLength, NotANumber, UnknownAnswer
from wellbeing.groups.wishes import Counted, Plan, Wanted
from wellbeing.models.group import ACTIVITIES

SCHOOL_ZONES = ("A", "B", "C")
TERRITORIES = (
    *("corse", "guadeloupe", "guyane", "martinique", "mayotte", "reunion", "nouvelle-caledonie", "polynesie"),
    *("saint-pierre-et-miquelon", "wallis-et-futuna"),
)
HOLIDAY_ZONES = ("none", *SCHOOL_ZONES, *TERRITORIES)
MOST_PEOPLE = 500
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
            name=names.name(_text(self.name), field="name"),
            activity=_one_of(ACTIVITIES, self.activity),
            place=names.name(_text(self.place), field="place"),
            holiday_zone=_one_of(HOLIDAY_ZONES, self.holiday_zone, "none"),
            safety_contact=names.name(_text(self.safety_contact), field="safety_contact"),
            timezone=zone_named(_text(self.timezone) or default_timezone).key,
            shown_name=names.name(shown, field="shown_name") if (shown := _text(self.shown_name)) else None,
            op_id=_uuid(_text(self.op_id)),
        )
        if _text(self.asked) == "contact_ok" and not self.contact_ok.data:
            raise ContactNotConfirmed
        return wanted


class SeasonForm(Form):
    """The contract of `POST /groups/<id>/workshops`; the preview takes the same fields."""

    title = StringField()
    starts_on = StringField()
    starts_at = StringField()
    minutes = StringField()
    repeat = StringField()
    until = StringField()

    def plan(self, default_title: str) -> Plan:
        """Raises ImpossibleDate, ImpossibleLength or a refusal of the title."""
        starts_on = _day(self.starts_on)
        minutes = _whole(_text(self.minutes))
        if minutes is None:
            raise ImpossibleLength
        return Plan(
            title=names.name(_text(self.title) or default_title, field="title"),
            starts_on=starts_on,
            starts_at=_hour(self.starts_at),
            minutes=minutes,
            repeat=_text(self.repeat) or "none",
            until=_day(self.until) if _text(self.until) else None,
        )


class HeadcountForm(Form):
    """The contract of `POST …/headcount`. The pad's own field for a large number, `…_typed`, holds over the pad."""

    present = StringField()
    present_typed = StringField()
    without_phone = StringField()
    without_phone_typed = StringField()
    newcomers = StringField()
    newcomers_typed = StringField()

    def counted(self) -> Counted:
        """Raises NotANumber, or HeadcountImpossible beside the number that is above the number present."""
        present = self._number("present", None)
        counted = Counted(present, self._number("without_phone", 0), self._number("newcomers", 0))
        for field in ("without_phone", "newcomers"):
            if getattr(counted, field) > present:
                raise HeadcountImpossible(field=field)
        return counted

    def _number(self, name: str, default: int | None) -> int:
        given = _text(self[f"{name}_typed"]) or _text(self[name])
        number = _whole(given) if given else default
        if number is None or number > MOST_PEOPLE:
            raise NotANumber(field=name, most=MOST_PEOPLE)
        return number


class RenewalForm(Form):
    """Changing the join code; the page says which code it is about."""

    instead_of = HiddenField()


def typed_again(form: Form) -> Mapping[str, str]:
    """The fields as they were typed, by name."""
    return {name: field.data or "" for name, field in form._fields.items()}


def _text(field: Field) -> str:
    return str(field.data or "").strip()


def _one_of(choices: tuple[str, ...], field: Field, default: str | None = None) -> str:
    given = _text(field) or default
    if given not in choices:
        raise UnknownAnswer(field=field.name)
    return given


def _day(field: Field) -> date:
    try:
        return read_day(_text(field))
    except ImpossibleDate:
        raise ImpossibleDate(field=field.name) from None


def _hour(field: Field) -> time:
    """`18:30`, or with the seconds that some browsers add."""
    given = _text(field)
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", given):
        raise ImpossibleDate(field=field.name)
    return time.fromisoformat(given[:5])


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def _uuid(given: str) -> str | None:
    try:
        return uuid.UUID(given).hex
    except ValueError:
        return None
