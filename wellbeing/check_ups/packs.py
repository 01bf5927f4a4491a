"""Sets of questions as data, one folder each, with their licence and where they come from.

A pack that cannot be trusted is refused whole and by name, in `flask check`; the others go on. Removing the folder
removes the set; what people answered stays theirs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from wellbeing.config import LOCALES
from wellbeing.domain.questionnaires import Instrument, Scoring

FOLDER = Path(__file__).parent.parent / "data" / "questionnaires"
JUDGING = {"bands", "cutoffs", "thresholds", "alert", "norms"}
PROVEN = ("retrieved_on", "sha256", "checked_by")
LANGUAGE = {"title", "stem", "items", "options", "attribution"}


class PackRefused(Exception):
    """Why a pack is not offered, in words a host can act on."""


@dataclass(frozen=True)
class Words:
    """A set of questions in one language, to the letter: no typography of ours applies to it."""

    title: str
    stem: str
    items: Mapping[str, str]
    options: Mapping[int, str]
    attribution: str


@dataclass(frozen=True)
class Pack:
    """`on_with_consent`: offered to whoever agrees to check-ups; else to whoever switches this set on as well."""

    instrument: Instrument
    on_with_consent: bool
    licence: str
    words: Mapping[str, Words] = field(repr=False)

    @property
    def id(self) -> str:
        return self.instrument.id


@dataclass(frozen=True)
class Installed:
    packs: tuple[Pack, ...]
    refusals: tuple[str, ...]


@cache
def installed(folder: Path = FOLDER) -> Installed:
    """Every pack of the folder, in the order of their names, and why others are not among them."""
    packs, refusals = [], []
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        try:
            packs.append(_read(place))
        except PackRefused as why:
            refusals.append(f"The check-up “{place.name}” is not offered: {why}")
    return Installed(tuple(packs), tuple(refusals))


def offered_in(locale: str) -> list[Pack]:
    """The packs that speak this language, those that the consent alone offers first. One without its file is not
    offered in it, and never translated.
    """
    spoken = [pack for pack in installed().packs if locale in pack.words]
    return sorted(spoken, key=lambda pack: not pack.on_with_consent)


def pack_of(name: str, locale: str) -> Pack | None:
    return next((pack for pack in offered_in(locale) if pack.id == name), None)


def _read(place: Path) -> Pack:
    facts = _json(place / "instrument.json")
    files = {locale: place / f"{locale}.json" for locale in LOCALES}
    said = {locale: _json(path) for locale, path in files.items() if path.exists()}
    _check_source(place, facts)
    if judging := {name for part in (facts, *said.values()) for name in _names(part)} & JUDGING:
        raise PackRefused(f"it holds {', '.join(sorted(judging))}, and nothing here judges an answer.")
    try:
        instrument = _instrument(facts)
        if instrument.id != place.name:
            raise PackRefused("its id is not the name of its folder.")
        words = {locale: _words(part, instrument, locale) for locale, part in said.items()}
        return Pack(instrument, bool(facts.get("on_with_consent")), str(facts["licence"]), words)
    except (KeyError, TypeError, ValueError) as mistake:
        raise PackRefused(f"instrument.json cannot be used ({mistake!r}).") from mistake


def _check_source(place: Path, facts: Mapping[str, Any]) -> None:
    licence = place / "LICENSE"
    if not licence.exists() or not licence.read_text("utf-8").strip():
        raise PackRefused("LICENSE is missing.")
    source = _json(place / "SOURCE.json")
    if missing := [name for name in PROVEN if not source.get(name)]:
        raise PackRefused(f"SOURCE.json does not say {', '.join(missing)}.")
    if facts.get("non_commercial") and "commercial" not in licence.read_text("utf-8").lower():
        raise PackRefused("it is for non-commercial use, and LICENSE does not say so.")


def _instrument(facts: Mapping[str, Any]) -> Instrument:
    if not facts["items"] or not facts["options"] or int(facts["every_days"]) < 14:
        raise PackRefused("it has no items, no options, or comes more often than every fourteen days.")
    return Instrument(
        id=str(facts["id"]),
        version=str(facts["version"]),
        every=timedelta(days=int(facts["every_days"])),
        items=tuple(map(str, facts["items"])),
        options=tuple(map(int, facts["options"])),
        scoring=Scoring(facts["score"]),
        times=int(facts.get("times", 1)),
        small_change=int(facts["small_change"]),
    )


def _words(said: Mapping[str, Any], instrument: Instrument, locale: str) -> Words:
    missing = [
        *sorted(LANGUAGE - said.keys()),
        *(item for item in instrument.items if not said.get("items", {}).get(item)),
        *(str(option) for option in instrument.options if not said.get("options", {}).get(str(option))),
    ]
    if missing:
        raise PackRefused(f"{locale}.json lacks {', '.join(missing)}.")
    options = {option: str(said["options"][str(option)]) for option in instrument.options}
    return Words(said["title"], said["stem"], dict(said["items"]), options, said["attribution"])


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise PackRefused(f"{path.name} is missing or cannot be read.") from None
    if not isinstance(read, dict):
        raise PackRefused(f"{path.name} cannot be used.")
    return read


def _names(part: object) -> Iterator[str]:
    """Every name of a field, however deep."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield str(name)
            yield from _names(value)
    elif isinstance(part, list):
        for value in part:
            yield from _names(value)
