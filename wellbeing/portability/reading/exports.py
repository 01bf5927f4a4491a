"""Our own JSON: a whole export, of which the moods are read, or what a phone kept when somebody signed out."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from wellbeing.domain import emotions
from wellbeing.domain.days import FIRST_DAY, accepted, local_date_of, read_felt_at
from wellbeing.domain.moods import LEVELS
from wellbeing.domain.refusals import Refusal
from wellbeing.portability.brought import MOST, Brought, Held, OtherNumbers, OtherWords, Waiting
from wellbeing.portability.reading.brackets import lines_of_items
from wellbeing.portability.refusals import NotAnExport, TooManyMoods, WrongLine

FORMAT, VERSION = "le-fil", 1
LONGEST_NOTE = 4000
T = TypeVar("T")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class _Wrong(Exception):
    """What is wrong with an item, as a key."""


def read(text: str, now: datetime) -> Held:
    """Raises NotAnExport, TooManyMoods or WrongLine."""
    lines = lines_of_items(text)
    try:
        said = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotAnExport from None
    if (said.get("format"), said.get("version")) == (FORMAT, VERSION):
        return Held(entries=_each(said.get("entries"), lines, lambda item, _: _entry(item, now)), whole=True)
    if said.get("schema") == 1:
        return Held(waiting=_each(said.get("ops"), lines, _waiting))
    raise NotAnExport


def _no_number(_: str) -> None:
    """NaN and the infinities are no JSON."""
    raise ValueError


def _each(items: object, lines: list[int], reading: Callable[[dict[str, Any], int], T]) -> list[T]:
    if not isinstance(items, list):
        raise NotAnExport
    if len(items) > MOST:
        raise TooManyMoods(n=MOST)
    read: list[T] = []
    for place, item in enumerate(items):
        line = lines[place] if len(lines) == len(items) else place + 1
        try:
            read.append(reading(item, line) if isinstance(item, dict) else _wrong("data.bad_shape"))
        except _Wrong as wrong:
            raise WrongLine(line, str(wrong)) from None
    return read


def _wrong(reason: str) -> Any:
    raise _Wrong(reason)


# --- a mood -----------------------------------------------------------------------------------------------------------
def _entry(item: dict[str, Any], now: datetime) -> Brought:
    uid, felt_at = _uid(item.get("id")), _moment(item.get("felt_at"), now)
    recorded = item.get("first_recorded_at")
    return Brought(
        uid=uid,
        mood=_level(item.get("mood")) or _wrong("data.bad_mood"),
        felt_at=felt_at,
        zone=_zone(item.get("zone")),
        energy=_level(item.get("energy")),
        calm=_level(item.get("calm")),
        emotions=_emotions(item.get("emotions", [])),
        first_recorded_at=None if recorded is None else min(_instant(recorded), now),
        note=_words(item.get("note")),
        other_numbers=tuple(_numbers(one, now) for one in _objects(item.get("other_numbers", []))),
        other_words=tuple(_other(one, now) for one in _readable(item)),
    )


def _numbers(item: dict[str, Any], now: datetime) -> OtherNumbers:
    return OtherNumbers(
        uid=_uid(item.get("id")),
        mood=_level(item.get("mood")) or _wrong("data.bad_mood"),
        energy=_level(item.get("energy")),
        calm=_level(item.get("calm")),
        emotions=_emotions(item.get("emotions", [])),
        felt_at=_moment(item.get("felt_at"), now),
        zone=_zone(item.get("zone")),
        device=_device(item.get("device")),
        kept_at=min(_instant(item.get("kept_at")), now),
    )


def _readable(item: dict[str, Any]) -> list[dict[str, Any]]:
    """What other devices had written, but for words that could not be read when the file was made: they are null."""
    return [one for one in _objects(item.get("other_notes", [])) if one.get("note") is not None]


def _other(item: dict[str, Any], now: datetime) -> OtherWords:
    words = _words(item.get("note")) or _wrong("data.bad_text")
    kept_at = min(_instant(item.get("kept_at")), now)
    return OtherWords(uid=_uid(item.get("id")), device=_device(item.get("device")), kept_at=kept_at, note=words)


# --- what waited ------------------------------------------------------------------------------------------------------
def _waiting(item: dict[str, Any], line: int) -> Waiting:
    kind, entity, recorded_at, data = (item.get(name) for name in ("kind", "entity", "recorded_at", "data"))
    named = isinstance(kind, str) and isinstance(entity, str) and re.fullmatch(r"[0-9A-Za-z_-]{1,40}", entity)
    if not named or not isinstance(data, dict):
        raise _Wrong("data.bad_shape")
    _instant(recorded_at)
    return Waiting(line, str(uuid.UUID(_uid(item.get("op_id")))), str(kind), str(entity), str(recorded_at), data)


# --- single values ----------------------------------------------------------------------------------------------------
def _uid(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
        raise _Wrong("data.bad_id")
    return uuid.UUID(value).hex


def _device(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-z-]{1,36}", value):
        raise _Wrong("data.bad_id")
    return value


def _level(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value not in LEVELS:
        raise _Wrong("data.bad_mood")
    return value


def _emotions(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Wrong("data.bad_emotion")
    try:
        return emotions.checked(value)
    except Refusal:
        raise _Wrong("data.bad_emotion") from None


def _moment(value: object, now: datetime) -> datetime:
    """A moment with its offset, which a journal may hold."""
    if not isinstance(value, str) or not re.search(r"(Z|[+-][0-9]{2}:[0-9]{2})$", value):
        raise _Wrong("data.bad_date")
    try:
        felt_at = read_felt_at(value, "UTC")
        accepted(local_date_of(felt_at), now)
    except Refusal:
        raise _Wrong("data.bad_date") from None
    return felt_at


def _instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(str(value))
        read = instant.astimezone(UTC) if instant.tzinfo else _wrong("data.bad_date")
    except (ValueError, OverflowError):
        raise _Wrong("data.bad_date") from None
    return read if read.year >= FIRST_DAY.year else _wrong("data.bad_date")


def _zone(value: object) -> str:
    if not isinstance(value, str) or len(value) > 64 or not value.isprintable():
        raise _Wrong("data.bad_text")
    return value


def _objects(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _Wrong("data.bad_shape")
    return value


def _words(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or _NO_TEXT.search(value):
        raise _Wrong("data.bad_text")
    if len(value) > LONGEST_NOTE:
        raise _Wrong("data.bad_note")
    return value.replace("\r\n", "\n") if value.strip() else None
