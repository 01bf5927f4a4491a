"""A device that holds passkeys, for tests without a browser: it signs what it is asked to, and can be told to cheat."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from webauthn.helpers import bytes_to_base64url, encode_cbor

HERE = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Authenticator:
    """One device with one passkey. `verifies` is whether it makes sure of its owner; `counts` whether it counts."""

    origin: str = HERE
    host: str = "localhost"
    verifies: bool = True
    counts: bool = True
    count: int = 0
    handle: str = ""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def makes(self, asked: dict[str, Any]) -> str:
        """What `navigator.credentials.create` gives, as JSON."""
        self.handle = asked["user"]["id"]
        point = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(public)
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested}
        told = {"attestationObject": bytes_to_base64url(encode_cbor(statement))}
        return self._answer(told, self._client("webauthn.create", asked))

    def opens(self, asked: dict[str, Any], **instead: Any) -> str:
        """What `navigator.credentials.get` gives, as JSON; `instead` replaces parts of it after it was signed."""
        self.count += self.counts
        data, client = self._data(), self._client("webauthn.get", asked)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        told = {
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signature),
            "userHandle": self.handle,
        }
        return self._answer({**told, **instead}, client)

    def _data(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, what: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": what, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, told: dict[str, Any], client: bytes) -> str:
        name = bytes_to_base64url(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {"clientDataJSON": bytes_to_base64url(client), **told},
            }
        )


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.post(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    options: dict[str, Any] = answer.json
    return options


def given(client: FlaskClient, device: Authenticator | None = None) -> Authenticator:
    """Whoever is signed in here adds a passkey of this device."""
    device = device or Authenticator()
    answer = client.post(
        "/settings/keys/passkeys", data={"passkey": device.makes(asked(client, "/settings/keys/passkey"))}
    )
    assert answer.location == "/settings/keys?said=keys.made", answer.text
    return device


def signed_in(client: FlaskClient, device: Authenticator, **fields: str) -> Any:
    return client.post("/sign-in", data={"passkey": device.opens(asked(client, "/sign-in/passkey")), **fields})
