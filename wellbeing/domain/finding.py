"""A word found in what was written, whatever its accents and capitals, from its beginning.

`ete` finds « Été », `coeur` finds « cœur », and « danse » finds « danser »; it does not find « ordanse ». Several words
are all looked for, in any order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

BEFORE, AFTER = 60, 140  # signs shown around a word that was found

_ACCENTS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Terms:
    """What is looked for, folded: each the beginning of a word. None of them at all is found in everything."""

    words: tuple[str, ...] = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.words)

    def are_in(self, text: str) -> bool:
        """Whether each of them begins a word of this text."""
        said = folded(text)
        return all(word in said and re.search(rf"\b{word}", said) for word in self.words)


@dataclass(frozen=True)
class Excerpt:
    """Some of a text, around the first word that was looked for (`found`, empty when none was)."""

    before: str = field(repr=False)
    found: str = field(repr=False)
    after: str = field(repr=False)


def terms_of(text: str) -> Terms:
    """The words of what was typed, each once."""
    return Terms(tuple(dict.fromkeys(_WORD.findall(folded(text)))))


def folded(text: str) -> str:
    """Without accents, capitals and ligatures: two texts that a hurried hand would type alike are the same."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    if not unicodedata.is_normalized("NFKD", plain):  # a small letter may have signs that its capital had not
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return plain.replace("œ", "oe").replace("æ", "ae")


def excerpt_of(text: str, terms: Terms) -> Excerpt:
    """As much of a text as one line of results shows: its beginning, or what stands around the first word found."""
    said = unicodedata.normalize("NFC", " ".join(text.split()))
    first = next((word for word in _WORD.finditer(said) if _begins(word[0], terms.words)), None)
    if first is None:
        return Excerpt("", "", _head(said, BEFORE + AFTER))
    return Excerpt(_tail(said[: first.start()], BEFORE), first[0], _head(said[first.end() :], AFTER))


def _begins(word: str, terms: Sequence[str]) -> bool:
    return bool(terms) and folded(word).startswith(tuple(terms))


def _head(text: str, most: int) -> str:
    """The beginning, cut between two words."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]}…"


def _tail(text: str, most: int) -> str:
    """The end, cut between two words."""
    return text if len(text) <= most else f"…{text[-most:].partition(' ')[2] or text[-most:]}"
