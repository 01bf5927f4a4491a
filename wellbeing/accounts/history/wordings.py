"""Every text by which people were ever asked for their consent, by the SHA-256 that their consents hold.

`wellbeing/data/consents.json` keeps them all. A wording that changes is added there, beside those before it, never in
their place: a test asks for it. The blank for the organisation's name is hashed as a blank.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from wellbeing.config import ROOT

KEPT = ROOT / "wellbeing" / "data" / "consents.json"


def digest(text: str) -> str:
    """The SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def wording(text_hash: str, controller: str) -> str | None:
    """The text of this hash, with the organisation's name in its blank; None for one that was never kept."""
    text = _kept().get(text_hash)
    return None if text is None else text.format(controller=controller)


@lru_cache(maxsize=1)
def _kept() -> dict[str, str]:
    return {one["sha256"]: one["text"] for one in json.loads(KEPT.read_text(encoding="utf-8"))["texts"]}
