"""What a steward answers."""

from __future__ import annotations

from wtforms import BooleanField, Form, StringField

from wellbeing.domain.refusals import UnknownVerdict
from wellbeing.organisation.refusals import UnlikelyMonths


class VerdictForm(Form):
    verdict = StringField()

    def chosen(self) -> str:
        """`right` or `wrong`. Raises UnknownVerdict."""
        given = self.verdict.data or ""
        if given not in ("right", "wrong"):
            raise UnknownVerdict
        return given


class ReinforcedForm(Form):
    on = BooleanField(false_values=(False, "", "0"))


class RetentionForm(Form):
    months = StringField()

    def chosen(self) -> int:
        """From 12 to 60. Raises UnlikelyMonths."""
        given = (self.months.data or "").strip()
        if not (given.isascii() and given.isdigit() and len(given) < 3 and 12 <= int(given) <= 60):
            raise UnlikelyMonths
        return int(given)
