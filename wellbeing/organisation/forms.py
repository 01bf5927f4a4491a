"""What a steward answers."""

from __future__ import annotations

from wtforms import BooleanField, Form, StringField

from wellbeing.domain.refusals import UnknownVerdict


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
