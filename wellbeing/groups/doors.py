"""The codes that open a group and a workshop: drawn by the system, kept as a keyed hash and as a box for the poster.

Whoever checks a code looks up `keyring.keyed_hash(DOOR.lookup, normalised)`; a stolen database confirms no guess.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from wellbeing.domain import codes
from wellbeing.keyring import Keyring, Unreadable


@dataclass(frozen=True)
class Door:
    """One kind of code: the purpose of its hash, and the column its box is bound to."""

    lookup: str
    column: str


@dataclass(frozen=True)
class Drawn:
    """A fresh code as the tables keep it."""

    hash: bytes
    box: bytes


JOIN = Door("join_code", "group.join_code")
CHECK_IN = Door("check_in", "workshop.check_in_code")


def drawn(keyring: Keyring, door: Door, uid: str) -> Drawn:
    """A new code for the row of this uid: 40 bits. A collision is refused by the table, and as good as impossible."""
    code = "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH))
    return Drawn(keyring.keyed_hash(door.lookup, code), keyring.seal(door.column, uid, code.encode()))


def code_in(keyring: Keyring, door: Door, uid: str, box: bytes) -> str | None:
    """The code, ungrouped; None when its box cannot be opened, which the page says instead of failing."""
    try:
        return keyring.unseal(door.column, uid, box).decode()
    except Unreadable:
        return None
