"""What a passkey is asked, and whether its answer holds; the mathematics is the library's, `webauthn`.

The key lies on the device and names its owner itself, by 64 random bytes; the device makes sure of its owner each time;
nothing says which model it is; it is called after the day it was made, never after a pseudonym, since its name travels
to the owner's other devices.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from webauthn.helpers import base64url_to_bytes, encode_cbor, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wellbeing.accounts.keys.refusals import PasskeyRefused

LONGEST = 16 * 1024  # of an answer, in characters
FIVE_MINUTES = 300_000  # how long a browser waits for a finger, in milliseconds
# What the library lets through when an answer is no answer at all
_NO_ANSWER = (
    WebAuthnException, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, struct.error,
    UnsupportedAlgorithm,
)  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A passkey that a browser offers, as it came, and the browser it came from. Not believed yet."""

    answer: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True)
class Made:
    """A passkey that was just made, checked. `handle` is how it knows its owner."""

    credential_id: bytes
    public_key: bytes = field(repr=False)
    sign_count: int
    handle: bytes = field(repr=False)


def to_make(challenge: bytes, handle: bytes, called: str, but_not: Iterable[bytes] = ()) -> str:
    """The JSON that `parseCreationOptionsFromJSON` reads; `but_not` are passkeys this journal has already."""
    return options_to_json(
        webauthn.generate_registration_options(
            rp_id=_host(),
            rp_name=current_app.config["LE_FIL"].name,
            user_id=handle,
            user_name=called,
            user_display_name=called,
            challenge=challenge,
            timeout=FIVE_MINUTES,
            attestation=AttestationConveyancePreference.NONE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=known) for known in but_not],
        )
    )


def to_open(challenge: bytes, one_of: Iterable[bytes] = ()) -> str:
    """The JSON that `parseRequestOptionsFromJSON` reads; without `one_of`, any passkey of this address may answer."""
    return options_to_json(
        webauthn.generate_authentication_options(
            rp_id=_host(),
            challenge=challenge,
            timeout=FIVE_MINUTES,
            user_verification=UserVerificationRequirement.REQUIRED,
            allow_credentials=[PublicKeyCredentialDescriptor(id=known) for known in one_of],
        )
    )


def challenge_in(answer: str) -> bytes:
    """The challenge that this answers. Raises PasskeyRefused."""
    try:
        told = json.loads(base64url_to_bytes(_parts(answer)["response"]["clientDataJSON"]))
        return base64url_to_bytes(told["challenge"])
    except _NO_ANSWER:
        raise PasskeyRefused from None


def credential_in(answer: str) -> bytes:
    """By what the passkey that answers is known. Raises PasskeyRefused."""
    try:
        return base64url_to_bytes(_parts(answer)["rawId"])
    except _NO_ANSWER:
        raise PasskeyRefused from None


def handle_in(answer: str) -> bytes | None:
    """Whose journal the passkey says it opens, None where it says nothing. Raises PasskeyRefused."""
    try:
        told = _parts(answer)["response"].get("userHandle")
        return base64url_to_bytes(told) if told else None
    except _NO_ANSWER:
        raise PasskeyRefused from None


def made(answer: str, challenge: bytes, handle: bytes) -> Made:
    """The passkey, once origin, address, the owner's verification and the challenge hold. Raises PasskeyRefused."""
    try:
        held = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=current_app.config["LE_FIL"].public_url,
            require_user_verification=True,
        )
    except _NO_ANSWER:
        raise PasskeyRefused from None
    return Made(held.credential_id, held.credential_public_key, held.sign_count, handle)


def opened(answer: str, challenge: bytes, public_key: bytes, sign_count: int) -> int:
    """Its new counter, which never falls, once what `made` looks at and the signature hold. Raises PasskeyRefused."""
    try:
        held = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=current_app.config["LE_FIL"].public_url,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _NO_ANSWER:
        raise PasskeyRefused from None
    return held.new_sign_count


@cache
def nobodys_key() -> bytes:
    """Verified against when a passkey is unknown, so that its refusal takes as long as that of a wrong one."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    return encode_cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})


def _parts(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST:
        raise ValueError
    parts = json.loads(answer)
    return parts if isinstance(parts, dict) else {}


def _host() -> str:
    return urlsplit(current_app.config["LE_FIL"].public_url).hostname or ""
