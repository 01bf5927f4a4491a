"""What a browser sends about the thread, as values or named refusals."""

from __future__ import annotations

from datetime import date

from wtforms import Form, StringField

from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import ImpossibleDate, Refusal

SHOWN = ("", "0", "false", "no", "off")
HIDDEN = ("1", "true", "yes", "on")


class UnknownChoice(Refusal):
    """Hidden or shown, and nothing else."""

    key = "err.choice"
    field = "hidden"


class ThreadForm(Form):
    """The pace and whether the thread is hidden: either, or both. What is not sent is left as it is."""

    goal = StringField()
    hidden = StringField()

    def wants_hidden(self) -> bool | None:
        """None when nothing was said of it. Raises UnknownChoice."""
        if self.hidden.data is None:
            return None
        said = self.hidden.data.strip().lower()
        if said not in HIDDEN + SHOWN:
            raise UnknownChoice
        return said in HIDDEN


class PauseForm(Form):
    """A pause's last day; empty for one that stays open."""

    until = StringField()

    def last_day(self) -> date | None:
        """Raises ImpossibleDate (field `until`)."""
        text = (self.until.data or "").strip()
        try:
            return read_day(text) if text else None
        except ImpossibleDate:
            raise ImpossibleDate(field="until") from None
