"""What cannot be done with keys, and why."""

from __future__ import annotations

from wellbeing.domain.refusals import Refusal


class PasskeyRefused(Refusal, key="err.passkey", field="passkey"):
    """Unknown, wrong, late, used, asked for elsewhere, or from another address: one answer."""


class LastKey(Refusal, key="keys.last"):
    """Whoever has one key left keeps it: without any, nobody could ever open the journal again."""


class KeysFull(Refusal, key="keys.full", field="passkey"):
    """Ten passkeys at most."""
