"""What somebody who runs a group types about themselves, as a value or a named refusal."""

from __future__ import annotations

from wtforms import Form, StringField

from wellbeing.domain import names


class ShownNameForm(Form):
    shown_name = StringField()

    def name(self) -> str | None:
        """The name the group will see; None, when the field is left empty, shows none. Raises as `names.name` does."""
        given = (self.shown_name.data or "").strip()
        return names.name(given, field="shown_name") if given else None
