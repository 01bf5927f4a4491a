"""What is said of a key: its name."""

from __future__ import annotations

from wtforms import Form, HiddenField, StringField

from wellbeing.domain import names


class MadeForm(Form):
    passkey = HiddenField()


class NameForm(Form):
    name = StringField()

    def chosen(self) -> str:
        """Raises NameMissing, NameTooLong or UnreadableText."""
        return names.name(self.name.data or "", field="name")
