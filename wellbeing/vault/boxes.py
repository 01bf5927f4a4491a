"""A box holds one text, bound to the person and the row it belongs to.

`01 ‖ nonce (12) ‖ AES-256-GCM(data key, UTF-8)` with `fil|1|<table.column>|<person_uid>|<row_uid>` as additional data:
a box moved to another row, column or person cannot be opened.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wellbeing.keyring import Unreadable


@dataclass(frozen=True)
class Sealed:
    """Words in their box: a copy that nobody needs to read where it is met, or words that cannot be read."""

    box: bytes = field(repr=False)


Words = str | Sealed


@dataclass(frozen=True)
class DataKey:
    """One person's key, for the length of one request."""

    person_uid: str
    secret: bytes

    def __repr__(self) -> str:
        return "DataKey(…)"

    def encrypted(self, column: str, row_uid: str, text: str) -> bytes:
        """Put a text in a box; `column` is `table.column`, `row_uid` 32 hex digits."""
        return self.sealed(column, row_uid, text.encode())

    def sealed(self, column: str, row_uid: str, content: bytes) -> bytes:
        """Put in a box what is not a text, such as a file made smaller."""
        nonce = os.urandom(12)
        return b"\x01" + nonce + AESGCM(self.secret).encrypt(nonce, content, self._aad(column, row_uid))

    def decrypted(self, column: str, row_uid: str, box: bytes) -> str:
        """Read a box. Raises Unreadable when it is not this person's, this row's, or was touched."""
        try:
            return self.opened(column, row_uid, box).decode()
        except UnicodeDecodeError:
            raise Unreadable from None

    def opened(self, column: str, row_uid: str, box: bytes) -> bytes:
        """What `sealed` put in. Raises as `decrypted` does."""
        if len(box) < 29 or box[0] != 1:
            raise Unreadable
        try:
            return AESGCM(self.secret).decrypt(box[1:13], box[13:], self._aad(column, row_uid))
        except InvalidTag:
            raise Unreadable from None

    def operation_hash(self, kind: str, entity: str, content: dict[str, object]) -> bytes:
        """HMAC of what a device asked for, so that a stolen database confirms no guess of a short note."""
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"op-hash|1").derive(self.secret)
        canonical = json.dumps([kind, entity, content], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hmac.new(key, canonical.encode(), hashlib.sha256).digest()

    def _aad(self, column: str, row_uid: str) -> bytes:
        return f"fil|1|{column}|{self.person_uid}|{row_uid}".encode()
