"""Numbers to call, as data with sources and dates: one file a country, the same lines whatever the reader's language.

A line is shown only as far as it is known. Nothing hides a line because it is old: an old number is named to the host
(`unverified`), never taken from a person who needs it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wellbeing.config import LOCALES

FILES = Path(__file__).parent.parent / "data" / "help"
KINDS = (
    *("emergency", "suicide", "deaf", "english", "listen", "youth", "students", "older", "violence", "child", "abuse"),
    *("bullying", "care", "directory", "near", "training"),
)
STATUSES = ("ok", "hours", "check")
FRESH = timedelta(days=180)

# What a country's page may never lose, in the order in which it stands.
ALWAYS = {"FR": ("samu", "112", "police", "pompiers", "3114", "114")}


class HelpMistakes(Exception):
    """A help file cannot be trusted; the message names each mistake in words a host can act on."""


@dataclass(frozen=True)
class Wording:
    """What a line is called, when it answers and whom it is for, in one language; hours and for may be empty."""

    name: str
    hours: str
    purpose: str


@dataclass(frozen=True)
class HelpLine:
    """One number, text number or site. `language` is set where it answers in one language only."""

    id: str
    region: str | None
    kind: str
    tel: str | None
    sms: str | None
    url: str | None
    free: bool
    language: str | None
    words: Mapping[str, Wording]
    status: str
    source_url: str
    verified_on: date | None
    verified_by: str | None

    @property
    def shown(self) -> bool:
        """An unconfirmed line stays hidden, except an emergency number."""
        return self.status != "check" or self.verified_on is not None or self.kind == "emergency"

    @property
    def hours_shown(self) -> bool:
        return self.status == "ok" or self.verified_on is not None

    @property
    def free_day_and_night(self) -> bool:
        """Whether it may be said in one breath that it costs nothing and always answers."""
        return self.free and self.hours_shown and self.words["fr"].hours.startswith("Jour et nuit")

    @property
    def number(self) -> str:
        """The number as people read it, in pairs that no line break parts: « 31 14 », « 09 72 39 40 50 »."""
        given = self.tel or self.sms or ""
        paired = f"{given[:2]} {given[2:]}" if len(given) == 4 and given.isdigit() else given
        return paired.replace(" ", "\u00a0")

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it: « 0972394050 »."""
        return (self.tel or self.sms or "").replace(" ", "")

    @property
    def site(self) -> str:
        """The name of its site, as people read it: « nightline.fr »."""
        return (urlsplit(self.url or "").hostname or "").removeprefix("www.")

    def foreign_name(self, locale: str) -> bool:
        """Whether its name stays in the line's own language on a page in this one, and must be spoken so."""
        same = self.words["fr"].name == self.words["en"].name
        return same and self.language is not None and self.language != locale


def lines_of(country: str, folder: Path = FILES) -> tuple[HelpLine, ...]:
    """Every line of the file that serves this country: its own, else the European Union's, else the world's.

    Raises HelpMistakes for a file that cannot be read.
    """
    return _read(folder / f"{_serving(country, folder)}.json")


def refuse_mistakes(today: date, country: str, folder: Path = FILES) -> None:
    """Raises HelpMistakes, naming all that makes this country's lines unfit to be shown."""
    lines = lines_of(country, folder)
    found = [mistake for line in lines for mistake in _mistakes_of(line, today)]
    kept = tuple(line.id for line in lines)
    must = ALWAYS.get(_serving(country, folder), ())
    if kept[: len(must)] != must:
        found.append(f"The first help lines must be {', '.join(must)}, in this order.")
    if len(set(kept)) != len(kept):
        found.append("A help line stands twice in the file.")
    if found:
        raise HelpMistakes("\n".join(found))


def unverified(country: str, today: date, folder: Path = FILES) -> list[str]:
    """The ids that nobody has verified in the last 180 days, for `flask check`."""
    lines = lines_of(country, folder)
    return [line.id for line in lines if not line.verified_on or today - line.verified_on > FRESH]


def _serving(country: str, folder: Path) -> str:
    if (folder / f"{country}.json").exists():
        return country
    return "EU" if country in json.loads((folder / "EU.json").read_text("utf-8"))["serves"] else "other"


def _mistakes_of(line: HelpLine, today: date) -> Sequence[str]:
    wrong = {
        f"has an unknown kind, “{line.kind}”": line.kind not in KINDS,
        f"has an unknown status, “{line.status}”": line.status not in STATUSES,
        "has no number and no address": not (line.tel or line.sms or line.url),
        "was verified in the future": line.verified_on is not None and line.verified_on > today,
        "was verified by nobody": line.verified_on is not None and not line.verified_by,
    }
    return [f"The help line “{line.id}” {mistake}." for mistake, it_is in wrong.items() if it_is]


@cache
def _read(path: Path) -> tuple[HelpLine, ...]:
    try:
        return tuple(_line(fields) for fields in json.loads(path.read_text("utf-8"))["lines"])
    except (KeyError, TypeError, ValueError) as mistake:
        raise HelpMistakes(f"{path.name} cannot be read: {mistake!r}") from mistake


def _line(fields: dict[str, Any]) -> HelpLine:
    given = dict(fields)
    words = {
        locale: Wording(said["name"], said["hours"], said["for"])
        for locale, said in ((locale, given.pop(locale)) for locale in LOCALES)
    }
    verified_on = given.pop("verified_on")
    return HelpLine(**given, words=words, verified_on=date.fromisoformat(verified_on) if verified_on else None)
