"""What an op says, judged field by field: values for the features, or Invalid with the names of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wellbeing.domain import emotions
from wellbeing.domain.days import accepted, latest_today, local_date_of, read_felt_at
from wellbeing.domain.merging import Verb
from wellbeing.domain.reflections import TURNING, Part, checked, levels
from wellbeing.domain.refusals import Refusal
from wellbeing.gestures.asked import Invalid
from wellbeing.journal.saying import Numbers, Said
from wellbeing.reflections import saying as reflections
from wellbeing.sync import shapes

LONGEST_NOTE = 4000
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # what nothing can show, and no table hold
_RATING = shapes.whole(1, 5)


def _ids(value: Any) -> bool:
    ids = isinstance(value, list) and len(value) <= 3 and all(shapes.text(shapes.ID)(one) for one in value)
    return ids and len(set(value)) == len(value)


def _words(value: Any) -> bool:
    return isinstance(value, str) and not _UNREADABLE.search(value)


_ENTRY = {
    "mood": _RATING,
    "energy": shapes.maybe(_RATING),
    "calm": shapes.maybe(_RATING),
    "emotions": _ids,
    "felt_at": shapes.text(shapes.INSTANT),
    "zone": lambda value: isinstance(value, str) and len(value) <= 64 and value.isprintable(),
    "local_date": shapes.text(shapes.DAY),
    "note": shapes.maybe(_words),
}
_REFLECTIONS = {part: {name: shapes.maybe(shapes.whole(1, levels(name)[-1])) for name in part.fields} for part in Part}
_REFLECTIONS[Part.AFTER]["keepsake"] = shapes.maybe(_words)
_ATTENDANCE = {"how": shapes.one_of("code", "declared"), "code": shapes.text(shapes.ID)}


def entry(verb: Verb, data: dict[str, Any], now: datetime) -> Said:
    """Complete numbers, and words if it speaks of them. The date is the one its own clock says."""
    _refuse_long(data)
    _check(data, _ENTRY, "mood", "felt_at", "zone", "local_date")
    try:
        chosen = emotions.checked(data.get("emotions", ()))
        felt_at = read_felt_at(data["felt_at"], "UTC")  # it always has an offset: no zone is ever asked
        if str(local_date_of(felt_at)) != data["local_date"]:
            raise Invalid("local_date", "local_date")
        local_date = accepted(local_date_of(felt_at), now)
    except Refusal as refusal:
        raise Invalid("bad_data", refusal.field or "data") from None
    numbers = Numbers(data["mood"], data.get("energy"), data.get("calm"), chosen, felt_at, data["zone"])
    warnings = ("future",) if local_date > latest_today(now) else ()
    return Said(verb, numbers, _kept(data.get("note")), warnings)


def note(data: dict[str, Any]) -> Said:
    """Words alone; they are at least one sign long."""
    _refuse_long(data)
    _check(data, {"note": lambda value: _words(value) and value != ""}, "note")
    return Said(Verb.NOTE, words=_kept(data["note"]))


def nothing(verb: Verb, data: dict[str, Any]) -> Said:
    _check(data, {})
    return Said(verb)


def attendance(data: dict[str, Any]) -> str | None:
    """The code that was typed; None for a presence that is declared."""
    _check(data, _ATTENDANCE, "how")
    return data.get("code", "") if data["how"] == "code" else None


def reflection(part: Part, data: dict[str, Any]) -> reflections.Said:
    """Complete answers of one part, and words if it speaks of them."""
    _refuse_long(data, "keepsake")
    _check(data, _REFLECTIONS[part])
    if all(name in data for name in TURNING):
        raise Invalid("bad_data", *TURNING)
    words = _kept(data.get("keepsake"))
    return reflections.Said(part, checked(part, data), words, "keepsake" in data)


def instant(text: str) -> datetime:
    """When it was recorded, aware."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid("bad_data", "recorded_at") from None


def _check(data: dict[str, Any], expected: Mapping[str, shapes.Shape], *required: str) -> None:
    if fields := shapes.wrong(data, expected, required):
        raise Invalid("bad_data", *(name if shapes.ID.fullmatch(name) else "data" for name in fields[:10]))


def _refuse_long(data: dict[str, Any], field: str = "note") -> None:
    if isinstance(data.get(field), str) and len(data[field]) > LONGEST_NOTE:
        raise Invalid("too_large", field)


def _kept(words: str | None) -> str | None:
    """As a form keeps them: signs that cannot be seen are no words."""
    return words.replace("\r\n", "\n") if words and words.strip() else None
