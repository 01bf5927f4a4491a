"""Daylio's table: `full_date,date,weekday,time,mood,activities,note_title,note`, older ones with `year` and `date`.

Its moods are named by whoever noted them, so they stay names until they are matched; activities have no place of their
own here and are kept as the last line of the note. Dates and hours come as the phone's language writes them.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from wellbeing.domain.days import accepted, local_date_of, read_felt_at
from wellbeing.domain.refusals import Refusal
from wellbeing.portability.brought import Brought, uid_of
from wellbeing.portability.reading.moments import day_first, day_of, hour_of
from wellbeing.portability.refusals import WrongLine

LONGEST_NOTE = 4000
MOST_NAMES = 60
Row = Mapping[str, str]
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/h[1-6])\s*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*(?:p|div|b|i|u|s|em|strong|strike|ul|ol|li|span|h[1-6]|font)(?:\s[^<>]*)?>", re.IGNORECASE)

# What its own five moods are called until somebody renames them: first ideas, which the person sees and changes.
USUAL = {
    "rad": 5,
    "good": 4,
    "meh": 3,
    "bad": 2,
    "awful": 1,
    "super": 5,
    "bien": 4,
    "bof": 3,
    "mouais": 3,
    "mauvais": 2,
    "mal": 2,
    "horrible": 1,
    "affreux": 1,
    "très bien": 5,
    "moyen": 3,
    "difficile": 2,
    "très difficile": 1,
}


def wrote(columns: AbstractSet[str]) -> bool:
    """Whether a table with these columns is one of Daylio's."""
    return "mood" in columns and ("full_date" in columns or {"year", "date"} <= columns)


def read(rows: Sequence[tuple[int, Row]], zone: str, locale: str, now: datetime) -> list[Brought]:
    """Moods that are names yet, at the wall clock of `zone`. Raises WrongLine."""
    days_first = day_first(
        (row.get("full_date", "") for _, row in rows), (row.get("date", "") for _, row in rows), locale
    )
    seen: Counter[tuple[str, str]] = Counter()
    names: set[str] = set()
    read: list[Brought] = []
    for line, row in rows:
        moment, name = _moment(line, row, days_first), " ".join(row["mood"].split())
        names.add(name)
        if not name or len(name) > 100 or not name.isprintable() or len(names) > MOST_NAMES:
            raise WrongLine(line, "data.bad_mood")
        seen[moment, name] += 1
        try:
            felt_at = read_felt_at(moment, zone)
            accepted(local_date_of(felt_at), now)
        except Refusal:
            raise WrongLine(line, "data.bad_date") from None
        uid = uid_of("daylio", moment, name, seen[moment, name])
        read.append(Brought(uid=uid, mood=None, felt_at=felt_at, zone=zone, name=name, note=_note(line, row)))
    return read


def _moment(line: int, row: Row, days_first: bool) -> str:
    written = row.get("full_date", "").strip() or f"{row.get('date', '')} {row.get('year', '')}"
    day = day_of(written, days_first)
    hour = hour_of(row.get("time", ""))
    if day is None or hour is None:
        raise WrongLine(line, "data.bad_date")
    return f"{day}T{hour}"


def _note(line: int, row: Row) -> str | None:
    parts = (_plain(row.get(name, "")) for name in ("note_title", "note", "activities"))
    note = "\n".join(part for part in parts if part)
    if len(note) > LONGEST_NOTE:
        raise WrongLine(line, "data.bad_note")
    return note or None


def _plain(written: str) -> str:
    """Words without the marks of a page that Daylio writes among them."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", written)))
    return re.sub("[\ud800-\udfff\x00]", "", text).replace("\r\n", "\n").strip()
