"""From what a browser sent to a WTForms form: the right content type, each single field once."""

from __future__ import annotations

import re
import uuid
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from flask import abort, request
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField, StringField

from wellbeing.domain.refusals import NoteTooLong, Refusal, RepeatedField, UnreadableText

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
F = TypeVar("F", bound=Form)
LONGEST_NOTE = 4000
# NUL, half of a pair, and the sign that stands for bytes that were no text: nothing that anyone typed
_NO_TEXT = re.compile("[\x00\ud800-\udfff\ufffd]")
_UUID = re.compile(r"[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")


def typed(form_class: type[F]) -> F:
    """The form as it was sent, if it can be read as one. 415 for another content type; raises as `checked` does."""
    return checked(sent(form_class))


def sent(form_class: type[F]) -> F:
    """The form as it was sent, to be `checked` where a refusal can show it again. 415 for anything but a form."""
    if request.mimetype not in FORM_TYPES and request.content_length:
        abort(415)
    if request.mimetype == FORM_TYPES[0]:
        request.get_data()  # kept as it came, before it is read as a form, so that its bytes can be checked
    return form_class(request.form)


def checked(form: F) -> F:
    """The same form. Raises RepeatedField when a single field came twice, UnreadableText for bytes not in UTF-8."""
    _refuse_what_is_no_text()
    for name, field in form._fields.items():
        if not isinstance(field, SelectMultipleField) and len(request.form.getlist(name)) > 1:
            raise RepeatedField(field=name)
    return form


def _refuse_what_is_no_text() -> None:
    """Bytes that are no UTF-8, such as half of a pair, would be kept as `%ED%A0%80`, which nobody typed."""
    if request.mimetype == FORM_TYPES[0]:
        try:
            unquote_to_bytes(request.get_data()).decode()
        except UnicodeDecodeError:
            raise UnreadableText from None


def operation_of(typed_id: str | None) -> str | None:
    """The `op_id` of a gesture as 32 hex digits; None if it has none. Raises Refusal if it is not a UUID."""
    given = (typed_id or "").strip()
    if not given:
        return None
    if not _UUID.fullmatch(given):
        raise Refusal(field="op_id")
    return uuid.UUID(given).hex


def private_words(field: StringField) -> str | None:
    """What a person wrote for themselves, empty if it is blank; None when the form holds no such field.

    Words are left alone then. Raises NoteTooLong or UnreadableText, naming the field.
    """
    if not field.raw_data:
        return None
    text = (field.data or "").replace("\r\n", "\n")  # a form sends two signs for each new line
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(field=field.name)
    if _NO_TEXT.search(text):
        raise UnreadableText(field=field.name)
    return text if text.strip() else ""


def filled(form_class: type[F], **values: object) -> F:
    """The form with first ideas in its fields, for a page that nobody has sent yet."""
    return form_class(MultiDict(), data=values)
