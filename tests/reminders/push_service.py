"""A push service on this machine, and the browsers it serves: the only fake there is.

It is strict: it checks the signature of whoever sends (RFC 8292) against the key that was subscribed with, decrypts
with the browser's keys (RFC 8291), and refuses with 400 and a line in `wrong` whatever a real one would refuse.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask, request
from werkzeug.serving import make_server


def written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Receiver:
    """One browser: its keys, and what it read."""

    name: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    got: list[int] = field(default_factory=list)


@dataclass
class PushService:
    origin: str = ""
    status: int = 201
    receivers: dict[str, Receiver] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # every message's receiver, refused ones too
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    signed_with: str = ""
    meanwhile: Callable[[], None] = lambda: None
    lock: Lock = field(default_factory=Lock)

    def receiver(self, name: str = "") -> dict[str, str]:
        """A new browser, as the page sends it: endpoint, p256dh, auth."""
        name = name or secrets.token_hex(8)
        made = self.receivers[name] = Receiver(name)
        point = made.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": f"{self.origin}/push/{name}", "p256dh": written(point), "auth": written(made.auth)}

    @property
    def got(self) -> list[int]:
        """The numbers that arrived, whoever they were for."""
        return [number for receiver in self.receivers.values() for number in receiver.got]

    def take(self, name: str, body: bytes) -> int:
        with self.lock:
            self.asked.append(name)
        self.meanwhile()
        if self.status != 201:
            return self.status
        try:
            self._check()
            text = http_ece.decrypt(
                body, private_key=self.receivers[name].private, auth_secret=self.receivers[name].auth
            ).decode()
            assert len(text) == 128, "a message is always as long"
            assert text.strip().isdigit(), "a message is a number and nothing else"
        except Exception as fault:  # noqa: BLE001 - a real service answers whatever is wrong with a refusal
            self.wrong.append(repr(fault))
            return 400
        with self.lock:
            self.receivers[name].got.append(int(text))
            self.bodies.append(body)
            self.headers.append(dict(request.headers))
        return 201

    def _check(self) -> None:
        scheme, _, rest = request.headers["Authorization"].partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(","))
        head, claims, signature = said["t"].split(".")
        assert (scheme.lower(), json.loads(read(head))["alg"]) == ("vapid", "ES256")
        assert not self.signed_with or said["k"] == self.signed_with, "another key than the one subscribed with"
        raw = read(signature)
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read(said["k"]))
        key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        content = json.loads(read(claims))
        assert content["aud"] == self.origin
        assert time.time() < content["exp"] <= time.time() + 86400
        assert content["sub"].startswith(("mailto:", "https://"))
        assert request.headers["Content-Encoding"] == "aes128gcm"
        assert request.headers["TTL"] == "43200"


@contextmanager
def serving(service: PushService) -> Iterator[PushService]:
    """Run it at an address of this machine."""
    answering = Flask("push service")

    @answering.post("/push/<name>")
    def push(name: str) -> tuple[str, int, dict[str, str]]:
        status = service.take(name, request.get_data())
        return "x" * 100, status, {"Location": "https://example.org/elsewhere"}

    server = make_server("127.0.0.1", 0, answering, threaded=True)
    service.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield service
    server.shutdown()
    thread.join()
    server.server_close()
