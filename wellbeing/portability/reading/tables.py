"""Tables with a line for each mood: our own CSV, or Daylio's. RFC 4180, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from wellbeing.domain import emotions
from wellbeing.domain.days import accepted, local_date_of, read_felt_at
from wellbeing.domain.moods import MOOD
from wellbeing.domain.refusals import Refusal
from wellbeing.portability.brought import MOST, Brought, Held, uid_of
from wellbeing.portability.reading import daylio
from wellbeing.portability.refusals import NotAnExport, TooManyMoods, WrongLine

Row = Mapping[str, str]
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read(text: str, zone: str, locale: str, now: datetime) -> Held:
    """Raises NotAnExport, TooManyMoods or WrongLine."""
    header = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    for sign in ",;\t":
        columns = _columns(header, sign)
        if {"felt_at", "mood"} <= columns:
            seen: Counter[tuple[str, str]] = Counter()
            return Held(entries=[_ours(line, row, seen, zone, now) for line, row in _rows(text, sign)])
        if daylio.wrote(columns):
            return Held(entries=daylio.read(list(_rows(text, sign)), zone, locale, now))
    raise NotAnExport


def _columns(header: str, delimiter: str) -> set[str]:
    """The names in the first line, as `_rows` will know them; none if it is not parted by this sign."""
    try:
        cells = next(csv.reader([header], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return set()
    return {cell.strip().casefold() for cell in cells}


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, Row]]:
    """Each row with the line on which it begins; a quoted cell may hold several. Empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    begins, count = 1, 0
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().casefold() for cell in cells]
                continue
            count += 1
            if count > MOST:
                raise TooManyMoods(n=MOST)
            if len(cells) > len(header):
                raise WrongLine(line, "data.bad_columns")
            yield line, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
    except csv.Error:
        raise WrongLine(begins, "data.bad_columns") from None


def _ours(line: int, row: Row, seen: Counter[tuple[str, str]], zone: str, now: datetime) -> Brought:
    moment, level = row["felt_at"].strip(), row["mood"].strip()
    felt_at = moment_of(line, moment, zone, now)
    given, lived_in = row.get("id", "").strip(), row.get("zone", "").strip() or zone
    if given and not _ID.fullmatch(given):
        raise WrongLine(line, "data.bad_id")
    if len(lived_in) > 64 or not lived_in.isprintable():
        raise WrongLine(line, "data.bad_text")
    seen[moment, level] += 1
    try:
        return Brought(
            uid=uuid.UUID(given).hex if given else uid_of("table", moment, level, seen[moment, level]),
            mood=MOOD.checked(level),
            felt_at=felt_at,
            zone=lived_in,
            energy=MOOD.checked(row["energy"].strip()) if row.get("energy", "").strip() else None,
            calm=MOOD.checked(row["calm"].strip()) if row.get("calm", "").strip() else None,
            emotions=emotions.checked(row.get("emotions", "").split()),
        )
    except Refusal as refusal:
        raise WrongLine(line, "data.bad_emotion" if refusal.field == "emotions" else "data.bad_mood") from None


def moment_of(line: int, written: str, zone: str, now: datetime) -> datetime:
    """A moment that a journal may hold. Raises WrongLine."""
    try:
        felt_at = read_felt_at(written, zone)
        accepted(local_date_of(felt_at), now)
    except Refusal:
        raise WrongLine(line, "data.bad_date") from None
    return felt_at
