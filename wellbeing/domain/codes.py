"""Codes people read off a poster and type: Crockford base32, forgiving of what a hand confuses."""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O or U
LENGTH = 8
GROUP = 4
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})


def normalised(text: str, length: int = LENGTH) -> str | None:
    """The code as it is stored: capitals, O read 0, I and L read 1, hyphens and spaces dropped.

    None when what is left is not a code of that length: it opens nothing, like an unknown one. Hyphens and spaces are
    those of any keyboard, since phones set them as dashes; letters are the 26, since other alphabets hold look-alikes.
    """
    kept = "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Pd")
    code = kept.upper().translate(_CONFUSED)
    return code if kept.isascii() and len(code) == length and set(code) <= set(ALPHABET) else None


def grouped(code: str) -> str:
    """The code as it is shown, in groups of four: ABCD-EFGH."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
