"""The files that people take away: all of it as JSON, their moods as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from wellbeing.web.spreadsheet import table, words

HEADER = ("id", "felt_at", "zone", "mood", "energy", "calm", "emotions", "imported")


def as_json(everything: dict[str, Any]) -> str:
    """One thing a line, so that a line has a number that a person can find, and ten years are written at once."""
    return "{\n" + ",\n".join(f"{_said(name)}: {_each(value)}" for name, value in everything.items()) + "\n}\n"


def as_csv(moods: Sequence[dict[str, Any]]) -> str:
    """A line for each mood, without notes: RFC 4180, dates with their offset, and no cell that a spreadsheet runs."""
    return table(HEADER, [
        (one["id"], one["felt_at"], words(one["zone"]), one["mood"], one["energy"] or "", one["calm"] or "",
         words(" ".join(one["emotions"])), int(one["imported"]))
        for one in moods
    ])  # fmt: skip


def _each(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_said, value)) + "\n]"
    return _said(value)


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
