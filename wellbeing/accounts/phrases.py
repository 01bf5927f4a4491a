"""The seven-word phrase: drawn by us, never chosen, kept only as a selector and an Argon2id verifier.

77 bits; 64 MiB, 3 passes, 4 lanes. At most two hashes run at once in a process and eight wait; beyond that the answer
is 503, so that a crowd of guesses cannot take the memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wellbeing.config import ROOT
from wellbeing.domain import phrases
from wellbeing.keyring import Keyring
from wellbeing.web.throttle import Busy

WORDS = 7
IN_EARNEST = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16)
_hasher = IN_EARNEST
_running = BoundedSemaphore(2)
_admitted = BoundedSemaphore(10)


@cache
def word_list() -> tuple[str, ...]:
    """The 2048 French words, as shown, accents included."""
    return tuple((ROOT / "wellbeing" / "data" / "words_fr.txt").read_text(encoding="utf-8").split())


def drawn() -> str:
    """A fresh phrase, as it is shown."""
    words = word_list()
    return " ".join(words[secrets.randbelow(len(words))] for _ in range(WORDS))


def canonical(typed: str) -> str | None:
    """The seven list words without accents, or None: capitals, accents and what lies between words do not matter."""
    return phrases.canonical(typed, word_list())


def selector_of(keyring: Keyring, canonical_phrase: str) -> bytes:
    """Sixteen bytes by which a phrase's owner is found: a keyed hash of its first two words."""
    first_two = " ".join(canonical_phrase.split()[:2])
    return keyring.keyed_hash("phrase", first_two)[:16]


def verifier_of(canonical_phrase: str) -> str:
    """The Argon2id hash to store. Raises Busy when too many are being made."""
    with _slot():
        return _hasher.hash(canonical_phrase)


def verifies(verifier: str, canonical_phrase: str) -> bool:
    """Whether the phrase, or setup code, is the one behind the verifier. Raises Busy."""
    with _slot():
        try:
            return _hasher.verify(verifier, canonical_phrase)
        except (VerificationError, InvalidHashError):
            return False


@cache
def nobodys_verifier() -> str:
    """Verified against when there is nobody, so that an unknown phrase takes as long as a wrong one."""
    return _hasher.hash(secrets.token_hex(16))


@contextmanager
def _slot() -> Iterator[None]:
    if not _admitted.acquire(blocking=False):
        raise Busy
    try:
        with _running:
            yield
    finally:
        _admitted.release()
