"""In which order a person meets the numbers: danger first, then dark thoughts, then who listens, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lines import HelpLine, lines_of


@dataclass(frozen=True)
class Arrangement:
    """The lines of one country as the page shows them to readers of one language. Any part may be empty."""

    emergency: tuple[HelpLine, ...]
    suicide: tuple[HelpLine, ...]
    deaf: tuple[HelpLine, ...]
    listen: tuple[HelpLine, ...]
    more: tuple[HelpLine, ...]
    care: tuple[HelpLine, ...]
    near: tuple[HelpLine, ...]


def arranged_for(country: str, locale: str) -> Arrangement:
    """The lines of a country, as `arranged` puts them."""
    return arranged(lines_of(country), locale)


def arranged(country_lines: Sequence[HelpLine], locale: str) -> Arrangement:
    """Country is not language: an English reader in Lyon meets the same numbers, and hears English sooner.

    Lines for training are left out: they are for the people who run a group.
    """
    lines = [line for line in country_lines if line.shown]
    suicide = _of(lines, "suicide")[:1]
    listen = _of(lines, "listen")[:1]
    if locale == "en":
        listen = _of(lines, "english") + listen
    placed = _of(lines, "emergency") + suicide + _of(lines, "deaf") + listen
    apart = _of(lines, "care", "directory", "near", "training")
    return Arrangement(
        emergency=_of(lines, "emergency"),
        suicide=suicide,
        deaf=_of(lines, "deaf"),
        listen=listen,
        more=tuple(line for line in lines if line not in placed + apart),
        care=_of(lines, "care", "directory"),
        near=_of(lines, "near"),
    )


def number_for_posters(country: str) -> str | None:
    """The number to call with dark thoughts, day and night, as people read it; None where the file knows none."""
    suicide = _of([line for line in lines_of(country) if line.shown], "suicide")
    return suicide[0].number or None if suicide else None


def _of(lines: list[HelpLine], *kinds: str) -> tuple[HelpLine, ...]:
    return tuple(line for line in lines if line.kind in kinds)
