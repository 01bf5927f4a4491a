"""Which kind of file it is: its content decides, never its name or the type that a browser gives it."""

from __future__ import annotations

from datetime import datetime

from wellbeing.portability.brought import Held
from wellbeing.portability.reading import exports, tables
from wellbeing.portability.refusals import FileTooBig, NotAnExport

MOST_BYTES = 10 * 1024 * 1024


def read(content: bytes, zone: str, locale: str, now: datetime) -> Held:
    """What the file holds. `zone` is where moments without an offset were lived; `locale` settles a date that can be
    read two ways. Raises FileTooBig, NotAnExport, TooManyMoods or WrongLine.
    """
    if len(content) > MOST_BYTES:
        raise FileTooBig
    text = text_of(content)
    return exports.read(text, now) if text.lstrip()[:1] == "{" else tables.read(text, zone, locale, now)


def text_of(content: bytes) -> str:
    """UTF-8, with or without the mark that some programs put first; nothing that is no text, such as an archive."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnExport from None
    if "\x00" in text or not text.strip():
        raise NotAnExport
    return text
