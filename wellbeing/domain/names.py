"""Names and private words as they are kept: readable, of a bounded length, without signs that hide or reorder text."""

from __future__ import annotations

import unicodedata

from wellbeing.domain.refusals import NameMissing, NameTooLong, NoteTooLong, UnreadableText

NAME_LENGTH = 120
WORDS_LENGTH = 4000
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEEN = frozenset("LNPS")  # letters, numbers, punctuation, symbols: a name of anything else cannot be seen


def name(text: str, *, field: str = "name") -> str:
    """A name of a group, a place, a workshop or a person: NFC, one line, 1 to 120 characters.

    Control and bidirectional characters are dropped, stretches of white space become one space. Raises `NameMissing`
    (nothing that can be seen is left), `NameTooLong` or `UnreadableText`.
    """
    _refuse_unreadable(text, field)
    kept = "".join(_spaced(sign) for sign in unicodedata.normalize("NFC", text) if sign not in _REORDERING)
    kept = " ".join(kept.split())
    if not any(unicodedata.category(sign)[0] in _SEEN for sign in kept):
        raise NameMissing(field=field)
    if len(kept) > NAME_LENGTH:
        raise NameTooLong(field=field, n=NAME_LENGTH)
    return kept


def words(text: str, *, field: str = "note") -> str:
    """Private words: NFC, one sign a line break, no blank edges, 4 000 characters at most; empty is empty.

    Control characters are dropped, but for line breaks and tabs. Raises `NoteTooLong` or `UnreadableText`.
    """
    _refuse_unreadable(text, field)
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()
    if len(kept) > WORDS_LENGTH:
        raise NoteTooLong(field=field)
    return kept


def _spaced(sign: str) -> str:
    """A tab or a line break parts two words; other control characters are nothing."""
    return " " if sign.isspace() else "" if unicodedata.category(sign) == "Cc" else sign


def _refuse_unreadable(text: str, field: str) -> None:
    """NUL, which no database keeps, and half of a surrogate pair, which no encoding writes."""
    if any(sign == "\x00" or unicodedata.category(sign) == "Cs" for sign in text):
        raise UnreadableText(field=field)
