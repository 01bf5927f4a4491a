"""Which number is wrong."""

from __future__ import annotations

from wtforms import Form, StringField


class FlagForm(Form):
    number = StringField()  # `size`, or the uid of the workshop whose count it is
