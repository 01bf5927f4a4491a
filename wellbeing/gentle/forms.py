"""What somebody answers the card: not now, or never again; and in the settings, that it may come back."""

from __future__ import annotations

from datetime import date

from wtforms import Form, StringField

from wellbeing.domain import gentle
from wellbeing.domain.refusals import Refusal


class SilenceForm(Form):
    until = StringField()

    def day(self, today: date) -> date:
        """The first day on which the card may come again. Raises Refusal for any other answer."""
        days = {"later": today + gentle.NOT_NOW, "never": gentle.FOR_EVER, "over": gentle.NEVER_SILENCED}
        said = days.get(self.until.data or "")
        if said is None:
            raise Refusal(field="until")
        return said
