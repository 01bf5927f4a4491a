"""Seven words, however they were typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

WORDS = 7
PREFIX = 4  # the list's words differ by their first four letters, accents left out
LONGEST = 1000  # what no seven words need; further on nothing is read
_JOINED = str.maketrans({"œ": "oe", "æ": "ae"})  # phones join letters by themselves


def canonical(typed: str, words: Sequence[str]) -> str | None:
    """The seven list words without accents, one space between; None when they are not seven known words.

    Capitals and accents do not matter; anything but letters separates; four letters are enough to know a word.
    """
    known = _by_prefix(tuple(words))
    found = [known.get(word[:PREFIX]) for word in re.findall(r"[a-z]+", plain(typed[:LONGEST]))]
    return " ".join(word for word in found if word) if len(found) == WORDS and all(found) else None


def plain(text: str) -> str:
    """Lower case, accents dropped, joined letters parted."""
    parted = unicodedata.normalize("NFKD", text.lower().translate(_JOINED))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@lru_cache(maxsize=2)
def _by_prefix(words: tuple[str, ...]) -> dict[str, str]:
    return {plain(word)[:PREFIX]: plain(word) for word in words}
