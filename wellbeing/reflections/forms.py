"""From a browser's text to what is said of a workshop, or to the refusal that says which field and why."""

from __future__ import annotations

from wtforms import Form, HiddenField, StringField

from wellbeing.domain.reflections import Part, checked
from wellbeing.reflections.saying import Said
from wellbeing.web.forms import operation_of, private_words


class BeforeForm(Form):
    """The contract of `PUT /workshops/<id>/before`. `next` is where to go on."""

    part = Part.BEFORE
    op_id = HiddenField()
    next = HiddenField()

    def operation(self) -> str | None:
        """The `op_id` as 32 hex digits; None if the form names none. Raises Refusal if it is not a UUID."""
        return operation_of(self.op_id.data)

    def said(self) -> Said:
        """What was said. Raises the first refusal, in the order in which the fields stand on the page."""
        return Said(self.part, checked(self.part, {name: self[name].data for name in self.part.fields}))


class AfterForm(BeforeForm):
    """The contract of `PUT /workshops/<id>/after`. Without the field `keepsake` the words are left alone."""

    part = Part.AFTER
    keepsake = StringField()

    def said(self) -> Said:
        answers = super().said().answers
        words = private_words(self.keepsake) if "keepsake" in self else None
        return Said(self.part, answers, words or None, speaks=words is not None)


for _form in (BeforeForm, AfterForm):  # one field is called `return`, which no class body can say
    for _name in _form.part.fields:
        setattr(_form, _name, StringField())
