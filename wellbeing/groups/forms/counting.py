"""How many came, as it was tapped or typed."""

from __future__ import annotations

from wtforms import Form, StringField

from wellbeing.domain.refusals import HeadcountImpossible
from wellbeing.groups.forms.reading import text_of, whole
from wellbeing.groups.refusals import NotANumber
from wellbeing.groups.wishes import Counted

MOST_PEOPLE = 500


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
        given = text_of(self[f"{name}_typed"]) or text_of(self[name])
        number = whole(given) if given else default
        if number is None or number > MOST_PEOPLE:
            raise NotANumber(field=name, most=MOST_PEOPLE)
        return number
