"""From a browser's text to a feeling, by the rules of the domain, or to the refusal that says which field and why."""

from __future__ import annotations

import uuid
from datetime import datetime

from wtforms import Form, HiddenField, SelectMultipleField, StringField

from wellbeing.domain import emotions
from wellbeing.domain.days import accepted, local_date_of, read_felt_at
from wellbeing.domain.moods import CALM, ENERGY, MOOD, Scale
from wellbeing.journal.feeling import Feeling, lived, moment_on
from wellbeing.web.forms import operation_of, private_words


class MomentForm(Form):
    """When it was felt: `felt_at` as the contract has it, or a journal's `day` with a `time` or without."""

    felt_at = StringField()
    day = StringField()
    time = StringField()

    def moment(self, zone: str, now: datetime) -> datetime | None:
        """The moment, aware; None when the form says nothing of it. Raises ImpossibleDate or DayNotYetHere."""
        if written := (self.felt_at.data or "").strip():
            felt_at = read_felt_at(written, zone)
        elif day := (self.day.data or "").strip():
            felt_at = moment_on(day, (self.time.data or "").strip(), zone)
        else:
            return None
        accepted(local_date_of(felt_at), now)
        return lived(felt_at, zone, now)


class FeelingForm(MomentForm):
    """The contract of `POST /journal`."""

    op_id = HiddenField()
    mood = StringField()
    energy = StringField()
    calm = StringField()
    emotions = SelectMultipleField(validate_choice=False)
    note = StringField()

    def operation(self) -> str:
        """The `op_id` as 32 hex digits; a script that names none gets one. Raises Refusal if it is not a UUID."""
        return operation_of(self.op_id.data) or uuid.uuid4().hex

    def feeling(self, zone: str, now: datetime) -> Feeling:
        """What was said. Raises the first refusal, in the order in which the fields stand on the page."""
        return Feeling(
            mood=MOOD.checked(self.mood.data or ""),
            felt_at=self.moment(zone, now),
            energy=_level(ENERGY, self.energy),
            calm=_level(CALM, self.calm),
            emotions=emotions.checked(self.emotions.data or ()),
            note=private_words(self.note),
        )


def _level(scale: Scale, field: StringField) -> int | None:
    """A level, or None for « Je passe »: never 0, never the middle."""
    return scale.checked(field.data) if field.data else None
