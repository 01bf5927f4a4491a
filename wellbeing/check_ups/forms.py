"""What a browser sends of a check-up: one field an item, whatever the pack, as values or a named refusal."""

from __future__ import annotations

from wtforms import BooleanField, Form, HiddenField, StringField

from wellbeing.check_ups.packs import Pack
from wellbeing.check_ups.refusals import AnswerNeeded
from wellbeing.domain.questionnaires import Answers

OFF = (False, "", "0", "false", "off", "no")


class WishForm(Form):
    wanted = BooleanField(false_values=OFF)


class AnswersForm(Form):
    """`item_<item>` holds the value of an option, or nothing for « Je passe »."""

    op_id = HiddenField()


def form_for(pack: Pack) -> type[AnswersForm]:
    """The form of this pack's items."""
    fields = {field_of(item): StringField() for item in pack.instrument.items}
    return type("PackForm", (AnswersForm,), fields)


def field_of(item: str) -> str:
    return f"item_{item}"


def answers_in(form: AnswersForm, pack: Pack) -> Answers | None:
    """The answers by item, None where it was passed; None altogether when all were. Raises AnswerNeeded."""
    fields = {item: form[field_of(item)] for item in pack.instrument.items}
    if not any(field.raw_data for field in fields.values()):
        raise AnswerNeeded(field=field_of(pack.instrument.items[0]))
    options = {str(option): option for option in pack.instrument.options}
    answers: dict[str, int | None] = {}
    for item, field in fields.items():
        if field.data and field.data not in options:
            raise AnswerNeeded(field=field.name)
        answers[item] = options[field.data] if field.data else None
    return answers if any(value is not None for value in answers.values()) else None
