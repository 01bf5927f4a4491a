"""What someone brings when they arrive, and what they are given back, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wellbeing.accounts.keys.passkeys import Offered
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn


@dataclass(frozen=True)
class Newcomer:
    """Someone who is making an account.

    `agreed` maps each purpose agreed to, `age_ok` first among them, to the SHA-256 (hex) of the text that was shown.
    `arrival` names the form they sent, so that sending it again makes nobody twice. `simple` is the version they read,
    `passkey` the one they made just now, if any, and `label` what their device is called.
    """

    pseudonym: str
    locale: str
    timezone: str
    where: str
    agreed: Mapping[str, str]
    arrival: str | None = None
    simple: bool = False
    passkey: Offered | None = None
    label: str = ""


@dataclass(frozen=True)
class Arrived:
    """A person, the phrase to show once, and the token of the device they are on. Never logged."""

    person: Person
    device: SignIn
    phrase: str = field(repr=False)
    token: str = field(repr=False)
