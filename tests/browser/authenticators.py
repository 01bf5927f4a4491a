"""A phone's own keeper of passkeys, as Chromium's debugger plays it: a finger that is there, or is not."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

OPTIONS = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Keeper:
    cdp: CDPSession
    id: str

    def held(self) -> list[dict[str, object]]:
        """The passkeys on this phone."""
        found: list[dict[str, object]] = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found

    def verifies(self, owner: bool) -> None:
        """Whether the finger is the owner's from now on."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": owner})


def keeper(page: Page) -> Keeper:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable", {"enableUI": False})
    return Keeper(cdp, cdp.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})["authenticatorId"])
