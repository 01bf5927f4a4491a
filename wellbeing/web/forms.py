"""From what a browser sent to a WTForms form: the right content type, each single field once."""

from __future__ import annotations

from typing import TypeVar

from flask import abort, request
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField

from wellbeing.domain.refusals import RepeatedField

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
F = TypeVar("F", bound=Form)


def typed(form_class: type[F]) -> F:
    """The form as it was sent. 415 for anything but a form; raises RepeatedField when a single field came twice."""
    if request.mimetype not in FORM_TYPES and request.content_length:
        abort(415)
    form = form_class(request.form)
    for name, field in form._fields.items():
        if not isinstance(field, SelectMultipleField) and len(request.form.getlist(name)) > 1:
            raise RepeatedField(field=name)
    return form


def filled(form_class: type[F], **values: object) -> F:
    """The form with first ideas in its fields, for a page that nobody has sent yet."""
    return form_class(MultiDict(), data=values)
