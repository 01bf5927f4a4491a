"""The pair of keys that signs what is sent to push services (VAPID, RFC 8292): P-256, kept as base64url."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wellbeing.keyring.letters import decoded, encoded


def new() -> dict[str, str]:
    """A new pair, as the secrets file holds it."""
    raw = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big")
    return {"private": encoded(raw), "public": public_of(raw)}


def private_of(content: dict[str, str]) -> bytes:
    """The private key. Raises ValueError when the public one beside it, which browsers are told, is another's."""
    raw = decoded(content["private"])
    if public_of(raw) != content["public"].rstrip("="):
        raise ValueError
    return raw


def public_of(raw: bytes) -> str:
    """What browsers are told of a private key."""
    pair = ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
    return encoded(pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
