"""One message on its way to one browser: encrypted for it alone (RFC 8291), signed by this installation (RFC 8292).

The only thing that ever leaves this machine by itself. The name is looked up, every address it has must lie on the open
internet, and the connection goes to the very address that was checked; no redirect is followed, no proxy is asked, and
of the answer nothing but its number is read.
"""

from __future__ import annotations

import base64
import os
import re
import socket
import ssl
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from py_vapid import Vapid02

from wellbeing import clock
from wellbeing.config import Config
from wellbeing.keyring.current import current_keyring
from wellbeing.reminders.endpoints import is_allowed, is_global, is_of_this_machine

PATIENCE = 10  # seconds
LASTS = timedelta(hours=12)
SIZE = 128
GONE = (404, 410)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class NotThere(OSError):
    """The name leads nowhere, or to an address that no push service has."""


@dataclass(frozen=True)
class Browser:
    """Where one browser receives, and the keys it reads with, as it gave them. Never logged."""

    endpoint: str
    p256dh: str
    auth: str

    def __repr__(self) -> str:
        return "Browser(…)"

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).netloc


def deliver(number: int, to: Browser) -> str:
    """`sent`; `gone` when that browser will never receive again; `refused`; or `unreachable`, for now, to all."""
    config: Config = current_app.config["LE_FIL"]
    if not is_allowed(to.endpoint, config):
        return "refused"
    try:
        body = _sealed(number, to)
        status = _post(to.endpoint, body, _headers(to.endpoint, config, len(body)), config)
    except (OSError, HTTPException):
        return "unreachable"
    except ValueError:
        return "refused"
    return "sent" if 200 <= status < 300 else "gone" if status in GONE else "refused"


def readable(to: Browser) -> bool:
    """Whether the keys are ones that something can be encrypted for: a point of the curve, and sixteen bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(to.p256dh))
        return len(_decoded(to.p256dh)) == 65 and len(_decoded(to.auth)) == 16
    except ValueError:
        return False


def _sealed(number: int, to: Browser) -> bytes:
    """Always as long, whatever it says."""
    sealed: bytes = http_ece.encrypt(
        str(number).ljust(SIZE).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_decoded(to.p256dh),
        auth_secret=_decoded(to.auth),
        version="aes128gcm",
    )
    return sealed


def _headers(endpoint: str, config: Config, length: int) -> dict[str, str]:
    parts = urlsplit(endpoint)
    hour = clock.of_this_machine().replace(minute=0, second=0, microsecond=0)
    until = int((hour + timedelta(hours=1) + LASTS).timestamp())
    private = current_keyring().vapid
    return {
        "Authorization": _signed(private, f"{parts.scheme}://{parts.netloc}", _contact(config), until),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(length),
        "TTL": str(int(LASTS.total_seconds())),
        "Urgency": "normal",
        "Topic": "reminder",  # a later one takes the place of one that has not arrived
    }


@lru_cache(maxsize=64)
def _signed(private: bytes, audience: str, contact: str, until: int) -> str:
    """One signature an hour does for all messages to a push service."""
    key = Vapid02.from_raw(base64.urlsafe_b64encode(private))
    key.conf = {"no-strict": True}  # the library would refuse a host without a dot
    return str(key.sign({"aud": audience, "exp": until, "sub": contact})["Authorization"])


def _contact(config: Config) -> str:
    """Whom a push service turns to when something is wrong: the contact people read, or where they would look."""
    if address := _MAIL.search(config.data_contact):
        return f"mailto:{address[0]}"
    return f"https://{urlsplit(config.public_url).hostname}" if config.https else "mailto:postmaster@localhost"


def _post(endpoint: str, body: bytes, headers: dict[str, str], config: Config) -> int:
    parts = urlsplit(endpoint)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    connection.sock = _connected(endpoint, config)
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _connected(endpoint: str, config: Config) -> socket.socket:
    """Raises NotThere or OSError."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if is_of_this_machine(endpoint, config):
        return socket.create_connection((host, parts.port or 80), timeout=PATIENCE)
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_global, found)):
        raise NotThere
    bare = socket.create_connection((found[0], 443), timeout=PATIENCE)
    try:
        return _trusted(clock.of_this_machine().date()).wrap_socket(bare, server_hostname=host)
    except OSError:
        bare.close()
        raise


@lru_cache(maxsize=1)
def _trusted(day: date) -> ssl.SSLContext:  # noqa: ARG001 - what is trusted may change from one day to the next
    """The authorities that this machine trusts, read once a day: to read them costs ten times what a message does."""
    return ssl.create_default_context()


def _decoded(text: str) -> bytes:
    """Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
