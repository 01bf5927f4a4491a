"""Reading fields: one field, or the rows of a form that has several of a kind. Each mistake is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from wtforms import Field, Form, SelectMultipleField

from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import ImpossibleDate


def typed_again(form: Form) -> Mapping[str, str]:
    """The fields as they were typed, by name; those that may come several times are left out."""
    return {
        name: field.data or "" for name, field in form._fields.items() if not isinstance(field, SelectMultipleField)
    }


def rows_of(*columns: SelectMultipleField) -> list[tuple[str, ...]]:
    """The rows in which something was typed. A browser sends every column of a row, empty or not."""
    sent: list[list[str]] = [list(column.data or []) for column in columns]
    most = max(map(len, sent))
    filled = (
        tuple(cell.strip() for cell in row) for row in zip(*(_padded(cells, most) for cells in sent), strict=True)
    )
    return [row for row in filled if any(row)]


def _padded(cells: Sequence[str], length: int) -> list[str]:
    return [*cells, *[""] * (length - len(cells))]


def text_of(field: Field) -> str:
    return str(field.data or "").strip()


def day(given: str, field: str) -> date:
    """Raises ImpossibleDate beside this field."""
    try:
        return read_day(given)
    except ImpossibleDate:
        raise ImpossibleDate(field=field) from None


def hour(given: str, field: str) -> time:
    """`18:30`, or with the seconds that some browsers add. Raises ImpossibleDate beside this field."""
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", given):
        raise ImpossibleDate(field=field)
    return time.fromisoformat(given[:5])


def whole(given: str) -> int | None:
    return int(given) if re.fullmatch(r"[0-9]{1,6}", given) else None
