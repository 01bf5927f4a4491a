"""Whether this browser is asked to keep the journal at hand, that is to install it.

To be installed is a matter of one browser, not of a person, so its answer is kept in that browser's cookie beside its
language: « not now » is silence for thirty days, and once it is done nothing is asked again. A device that people share
is never asked.
"""

from __future__ import annotations

from datetime import date, timedelta

from flask import session as cookie
from flask_login import current_user

ANSWERS = ("later", "done")
SILENCE = timedelta(days=30)
NAME = "at_hand"
DONE = "done"


def is_offered(today: date) -> bool:
    """Whether this browser may be asked on this day."""
    if not current_user.is_authenticated or current_user.device.shared:
        return False
    answer = cookie.get(NAME)
    if answer is None:
        return True
    return bool(answer != DONE and date.fromisoformat(answer) + SILENCE <= today)


def remember(answer: str, today: date) -> None:
    """What was answered. « Not now » takes nothing back of what is done."""
    if answer == DONE:
        cookie[NAME] = DONE
    elif cookie.get(NAME) != DONE:
        cookie[NAME] = today.isoformat()
