"""A first idea for a pseudonym, so that nobody is tempted to type their name."""

from __future__ import annotations

import json
import secrets
from functools import cache

from wellbeing.config import ROOT


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = json.loads(
        (ROOT / "wellbeing" / "data" / "pseudonyms.json").read_text(encoding="utf-8")
    )
    return read


def suggestion(locale: str) -> str:
    """Two words drawn at random: « Galet du matin »."""
    words = _words()[locale]
    return f"{secrets.choice(words['first'])} {secrets.choice(words['then'])}"
