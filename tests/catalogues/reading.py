"""The two catalogues as they stand in the repository, read strictly: what gettext would forgive is seen here."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LANGUAGES = ("fr", "en")

_ENTRY = re.compile(r'^msgid "(?P<key>[^"\n]+)"\nmsgstr "(?P<text>(?:[^"\\\n]|\\.)*)"$', re.MULTILINE)
_ESCAPED = {r"\"": '"', r"\\": "\\", r"\n": "\n", r"\t": "\t"}


def source(language: str) -> str:
    """The bytes of one catalogue, as text."""
    return (ROOT / "wellbeing" / "translations" / language / "LC_MESSAGES" / "messages.po").read_text("utf-8")


def pairs(po: str) -> list[tuple[str, str]]:
    """Every (key, text) in the order written, twice where a key is there twice; one line each is our format."""
    return [(entry["key"], _unescaped(entry["text"])) for entry in _ENTRY.finditer(po)]


def catalogue(language: str) -> dict[str, str]:
    """One language: text by key."""
    return dict(pairs(source(language)))


def _unescaped(text: str) -> str:
    return re.sub(r'\\["\\nt]', lambda escape: _ESCAPED[escape[0]], text)
