"""What a team types for a report, as values or named refusals. What was typed stays in the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from wtforms import BooleanField, Form, HiddenField, StringField

from wellbeing.domain import names, reports
from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import ImpossibleDate, Refusal
from wellbeing.domain.reports import FUNDERS, LENGTHS, NUMBERS, NotAWholeNumber, TextTooLong
from wellbeing.report.typed import Typed

OFF = (False, "", "0", "false", "off", "no")


class UnknownFunder(Refusal, key="err.choice", field="funder"):
    """Not one of the kinds of funder that the form offers."""


class AsideForm(Form):
    """Which texts that were set aside are let go of."""

    version = HiddenField()


class ReportForm(Form):
    """The period, the kind of funder, each text and each number; `seen` names the texts that the page showed."""

    seen = HiddenField()
    funder = StringField()
    policy = BooleanField(false_values=OFF)

    def typed(self) -> Typed:
        """Raises the refusal of the first field that cannot be kept, in the order of the form."""
        funder = self.given("funder")
        if funder not in ("", *FUNDERS):
            raise UnknownFunder
        return {
            "funder": funder,
            "policy": bool(self.policy.data),
            "issued_on": self._day("issued_on") if self.given("issued_on") else None,
            **{name: self._text(name, most) for name, most in LENGTHS.items()},
            **{name: self._number(name, most) for name, most in NUMBERS.items()},
        }

    def given(self, name: str) -> str:
        return str(self[name].data or "").strip()

    def _day(self, name: str) -> date:
        return day_of(self.given(name), name)

    def _text(self, name: str, most: int) -> str:
        """One paragraph: stretches of white space and new lines become one space."""
        text = " ".join(names.words(self.given(name), field=name).split())
        if len(text) > most:
            raise TextTooLong(field=name, n=most)
        return text

    def _number(self, name: str, most: int) -> int | None:
        given = re.sub(r"[\s\u00a0\u202f]", "", self.given(name))
        if not given:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", given) or int(given) > most:
            raise NotAWholeNumber(field=name, n=most)
        return int(given)


for _name in ("from", "to", "issued_on", *LENGTHS, *NUMBERS):
    setattr(ReportForm, _name, StringField())


def period_of(given: Mapping[str, str], today: date) -> tuple[date, date]:
    """The period that an address or a form asks for; where it says nothing, the season so far.

    Raises ImpossibleDate, PeriodBackwards or PeriodTooLong.
    """
    first, last = reports.season_so_far(today)
    if asked := (given.get("from") or "").strip():
        first = day_of(asked, "from")
    if asked := (given.get("to") or "").strip():
        last = day_of(asked, "to")
    return reports.period(first, last)


def day_of(text: str, field: str) -> date:
    try:
        return read_day(text)
    except ImpossibleDate:
        raise ImpossibleDate(field=field) from None
