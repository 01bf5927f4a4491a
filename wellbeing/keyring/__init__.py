"""The installation's secrets: their file, the master key, and keyed look-ups. Knows neither people nor notes.

The master key (KEK) wraps data keys and the codes a poster needs again; the look-up key hashes codes, selectors and
addresses so that a stolen database confirms no guess. Boxes made here are
`01 ‖ kid (4 bytes) ‖ nonce (12) ‖ AES-256-GCM`.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wellbeing.keyring import vapid as push
from wellbeing.keyring.letters import decoded, encoded

PREVIOUS_COOKIE = timedelta(days=90)  # as long as a device may be left alone


class Unreadable(Exception):
    """A box cannot be opened: unknown format, missing key, or tampered with. Says nothing of its content."""


class SecretsRefused(Exception):
    """The secrets file is missing, readable by others, or not ours; the message says what to do."""


@dataclass(frozen=True)
class Keyring:
    """The secrets in memory. Never printed, logged or put in an exception."""

    cookie: tuple[str, ...]
    kek_current: int
    keks: dict[int, bytes]
    lookup: bytes
    retired_cookies: tuple[date, ...] = ()  # since when each key but the first signs nothing new
    path: Path | None = field(default=None, compare=False)  # read again when a rotation has happened since
    vapid: bytes = b""  # the private key that signs what is sent to push services: 32 bytes

    @property
    def vapid_public(self) -> str:
        """What browsers are told of it, in base64url without padding: they take messages under this key alone."""
        return push.public_of(self.vapid)

    def __repr__(self) -> str:
        return "Keyring(…)"

    def keyed_hash(self, purpose: str, text: str) -> bytes:
        """HMAC-SHA-256 of `purpose|text` under the look-up key: 32 bytes, stable for the life of the installation."""
        return hmac.new(self.lookup, f"{purpose}|{text}".encode(), hashlib.sha256).digest()

    def cookies_of_before(self, today: date) -> list[str]:
        """Keys that still open cookies and sign none: 90 days, then whoever was away signs in again."""
        before = zip(self.cookie[1:], self.retired_cookies, strict=False)
        return [key for key, since in before if today < since + PREVIOUS_COOKIE]

    def seal(self, purpose: str, uid: str, secret: bytes) -> bytes:
        """Wrap a data key (`purpose` = `dek`) or a code (`purpose` = its column) under the current master key.

        Current in the file: a server that has run since before a rotation must not go on with a key that will be
        forgotten.
        """
        newest = self._as_of_now()
        kid, nonce = newest.kek_current, os.urandom(12)
        wrapped = AESGCM(newest.keks[kid]).encrypt(nonce, secret, _aad(purpose, uid, kid))
        return b"\x01" + kid.to_bytes(4, "big") + nonce + wrapped

    def unseal(self, purpose: str, uid: str, box: bytes) -> bytes:
        """Open what `seal` made. Raises Unreadable."""
        if len(box) < 33 or box[0] != 1:
            raise Unreadable
        kid = int.from_bytes(box[1:5], "big")
        key = self.keks.get(kid) or self._as_of_now().keks.get(kid)
        if key is None:
            raise Unreadable
        try:
            return AESGCM(key).decrypt(box[5:17], box[17:], _aad(purpose, uid, kid))
        except InvalidTag:
            raise Unreadable from None

    def _as_of_now(self) -> Keyring:
        try:
            fresh = load(self.path) if self.path else self
        except SecretsRefused:
            return self
        self.keks.update(fresh.keks)
        return fresh


def _aad(purpose: str, uid: str, kid: int) -> bytes:
    return f"fil|1|{purpose}|{uid}|{kid}".encode()


def make(path: Path) -> bool:
    """Write a new secrets file, mode 600, unless there is one already. Returns whether it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "version": 1,
        "cookie": [encoded(os.urandom(32))],
        "kek": {"current": 1, "keys": {"1": encoded(os.urandom(32))}},
        "lookup": encoded(os.urandom(32)),
        "vapid": push.new(),
    }
    fresh = put_down(path, content)
    try:
        os.link(fresh, path)  # unlike rename, never replaces secrets another process wrote meanwhile
        return True
    except FileExistsError:
        return False
    finally:
        fresh.unlink()


def content_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def put_down(path: Path, content: dict[str, Any]) -> Path:
    """The content on the disk, under a name of its own beside the path."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return fresh


def load_or_make(path: Path) -> Keyring:
    """Read the secrets file, written now if this is the first run. Raises SecretsRefused.

    A file from before there were reminders is given the key they need; whatever else it holds stays as it is.
    """
    try:
        if not make(path):
            _complete(path)
        return load(path)
    except OSError as failure:
        raise SecretsRefused(f"The secrets file {path} cannot be written or read: {failure.strerror}.") from None


def load(path: Path) -> Keyring:
    """Read the secrets file. Raises SecretsRefused with a sentence for the host."""
    try:
        open_to_others = _read_by_others(path)
    except FileNotFoundError:
        raise SecretsRefused(
            f"There is no secrets file at {path}: run `flask --app app prepare`, or set WELLBEING_SECRETS."
        ) from None
    if open_to_others:
        raise SecretsRefused(f"The secrets file {path} can be read by others: run `chmod 600` on it.")
    try:
        content = content_of(path)
        return Keyring(
            cookie=tuple(content["cookie"]),
            kek_current=int(content["kek"]["current"]),
            keks={int(kid): decoded(key) for kid, key in content["kek"]["keys"].items()},
            lookup=decoded(content["lookup"]),
            retired_cookies=tuple(map(date.fromisoformat, content.get("retired", {}).get("cookie", []))),
            path=path,
            vapid=push.private_of(content["vapid"]),
        )
    except (ValueError, KeyError, TypeError):
        raise SecretsRefused(f"The secrets file {path} is not one that Le fil wrote.") from None


def _complete(path: Path) -> None:
    """Give a file that lacks it the key of reminders. One process at a time, so that all of them hold the same one."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        try:
            content = None if _read_by_others(path) else content_of(path)
        except ValueError:
            content = None
        # What cannot be completed is left as it is: `load` says what is wrong with it.
        if isinstance(content, dict) and {"cookie", "kek", "lookup"} <= content.keys() and "vapid" not in content:
            put_down(path, {**content, "vapid": push.new()}).rename(path)
            os.fsync(folder)
    finally:
        os.close(folder)


def _read_by_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
