"""A season, one date that moves, and the school holidays of a territory, as they are typed."""

from __future__ import annotations

from datetime import date, timedelta

from wtforms import Form, HiddenField, SelectMultipleField, StringField

from wellbeing.domain import names
from wellbeing.domain.refusals import ImpossibleDate, ImpossibleLength, ImpossibleSlot, ImpossibleTimes
from wellbeing.domain.seasons import LISTED, MOST_TIMES
from wellbeing.domain.stages import Hours
from wellbeing.groups.forms.reading import day, hour, rows_of, text_of, whole
from wellbeing.groups.refusals import HalfARange
from wellbeing.groups.wishes import STAGE, Plan

MOST_SLOTS, MOST_RANGES = 12, 60
LONGEST_RANGE = timedelta(days=124)


class HoursForm(Form):
    """When one workshop is. The rows `slot_…` are the further spans of a stage."""

    starts_on = StringField()
    starts_at = StringField()
    minutes = StringField()
    slot_on = SelectMultipleField(validate_choice=False)
    slot_at = SelectMultipleField(validate_choice=False)
    slot_minutes = SelectMultipleField(validate_choice=False)

    def first(self) -> Hours:
        """Raises ImpossibleDate or ImpossibleLength."""
        starts_on = day(text_of(self.starts_on), "starts_on")
        minutes = whole(text_of(self.minutes))
        if minutes is None:
            raise ImpossibleLength
        return Hours(starts_on, hour(text_of(self.starts_at), "starts_at"), minutes)

    def slots(self) -> tuple[Hours, ...]:
        """Raises ImpossibleDate or ImpossibleSlot beside the rows."""
        rows = self.slot_rows()
        if len(rows) > MOST_SLOTS or not all(whole(minutes) for *_, minutes in rows):
            raise ImpossibleSlot
        return tuple(Hours(day(on, "slots"), hour(at, "slots"), int(minutes)) for on, at, minutes in rows)

    def slot_rows(self) -> list[tuple[str, ...]]:
        return rows_of(self.slot_on, self.slot_at, self.slot_minutes)


class SeasonForm(HoursForm):
    """The contract of `POST /groups/<id>/workshops`; the preview takes the same fields.

    A preview sends `asked` and the dates left `ticked`; a script that sends the fields of the contract was asked
    nothing. `dates` are the further dates of a list; `more` asks for more rows.
    """

    title = StringField()
    repeat = StringField()
    until = StringField()
    count = StringField()
    dates = SelectMultipleField(validate_choice=False)
    asked = HiddenField()
    ticked = SelectMultipleField(validate_choice=False)
    more = HiddenField()

    def plan(self, default_title: str) -> Plan:
        """Raises the refusal of the first field that cannot be read. Fields of another rhythm are not looked at."""
        first = self.first()
        repeat = text_of(self.repeat) or "none"
        return Plan(
            title=names.name(text_of(self.title) or default_title, field="title"),
            starts_on=first.day,
            starts_at=first.at,
            minutes=first.minutes,
            repeat=repeat,
            until=day(text_of(self.until), "until") if text_of(self.until) else None,
            count=self._times(),
            also=tuple(day(one, "dates") for one in self.listed()) if repeat == LISTED else (),
            slots=self.slots() if repeat == STAGE else (),
            ticked=frozenset(day(one, "ticked") for one in self.ticked.data or []) if self.was_asked() else None,
        )

    def listed(self) -> list[str]:
        """Each date once, in the order in which they were typed. One field may hold several."""
        typed = " ".join(self.dates.data or []).replace(",", " ").split()
        return list(dict.fromkeys(typed))

    def was_asked(self) -> bool:
        return text_of(self.asked) == "ticked"

    def _times(self) -> int | None:
        given = text_of(self.count)
        if given and whole(given) is None:
            raise ImpossibleTimes(most=MOST_TIMES)
        return whole(given)


class MoveForm(HoursForm):
    """When a date is to be instead; of a stage, all its spans."""

    def hours(self) -> tuple[Hours, ...]:
        """Raises ImpossibleDate, ImpossibleLength or ImpossibleSlot."""
        return (self.first(), *self.slots())


class HolidaysForm(Form):
    """Ranges a row: the day of departure, the day of return. An empty row is none."""

    leaves_on = SelectMultipleField(validate_choice=False)
    returns_on = SelectMultipleField(validate_choice=False)

    def ranges(self) -> list[tuple[date, date]]:
        """Raises HalfARange for a day that is missing, or two days that are no holidays."""
        rows = self.rows()
        if len(rows) > MOST_RANGES:
            raise HalfARange
        return [self._range(*row) for row in rows]

    def rows(self) -> list[tuple[str, ...]]:
        return rows_of(self.leaves_on, self.returns_on)

    def _range(self, leaves_on: str, returns_on: str) -> tuple[date, date]:
        try:
            left, back = day(leaves_on, "ranges"), day(returns_on, "ranges")
        except ImpossibleDate:
            raise HalfARange from None
        if not timedelta(0) < back - left <= LONGEST_RANGE:
            raise HalfARange
        return left, back
