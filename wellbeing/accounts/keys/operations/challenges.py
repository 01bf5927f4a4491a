"""Asking a passkey to sign something that was never signed before, and taking the answer once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from wellbeing.accounts.keys import passkeys
from wellbeing.accounts.keys.passkeys import Offered
from wellbeing.accounts.keys.refusals import PasskeyRefused
from wellbeing.db import db, transaction
from wellbeing.keyring.current import current_keyring
from wellbeing.models.challenge import Challenge

LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Claimed:
    """A challenge that was answered in time, and the handle that went with it where a passkey was to be made."""

    challenge: bytes
    handle: bytes | None


def ask(purpose: str, browser: str, now: datetime, handle: bytes | None = None) -> bytes:
    """32 new random bytes for one purpose (`join`, `sign_in`, `step_up`, `add`), to be answered from this browser."""
    challenge = secrets.token_bytes(32)
    with transaction():
        db.session.add(
            Challenge(challenge=challenge, purpose=purpose, browser=_of(browser), handle=handle, expires_at=now + LIFE)
        )
    return challenge


def claim(offered: Offered, purpose: str, now: datetime) -> Claimed:
    """Use up what this answers, in one statement, before the answer is looked at: wrong or right, it counts once.

    Raises PasskeyRefused when nothing of the kind was asked of this browser within five minutes.
    """
    challenge = passkeys.challenge_in(offered.answer)
    with transaction():
        asked = db.session.execute(
            delete(Challenge)
            .where(
                Challenge.challenge == challenge,
                Challenge.purpose == purpose,
                Challenge.browser == _of(offered.browser),
                Challenge.expires_at > now,
            )
            .returning(Challenge.handle)
        ).first()
    if asked is None:
        raise PasskeyRefused
    return Claimed(challenge, asked[0])


def _of(browser: str) -> bytes:
    return current_keyring().keyed_hash("browser", browser)
