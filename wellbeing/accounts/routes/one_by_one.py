"""The choices of whoever joins in the simple version: one a screen, Oui or Non, neither chosen.

The phone is handed back first. What was answered travels in the form of the next screen, so that Back and a second
thought cost nothing and nothing is kept before the last button. Only a form carries it, never an address: a link that
somebody made could else answer for the reader (a form of another site is refused). Check-ups and reminders are not
asked and stay off; the pseudonym is the one suggested. Both are in Settings.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Response

from wellbeing.accounts import pseudonyms
from wellbeing.accounts.forms import NewcomerForm, controller
from wellbeing.domain.refusals import Refusal, TooYoung
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import page
from wellbeing.web.locale import locale_now

QUESTIONS = ("age_ok", "consent_journal", "consent_trends")
HAND_OVER, LAST = "hand_over", "last"
SCREENS = (*QUESTIONS, LAST)


def screen(form: NewcomerForm, host: Mapping[str, object], refusal: Refusal | None = None) -> Response:
    """The first screen that is not answered yet; or the one whose answer was refused, with what followed it kept.

    A browser may keep these pages for its Back button, unlike any other: they know of nobody yet.
    """
    answered = _answered(form)
    if answered.get("age_ok") == "":
        refusal = TooYoung(controller=controller())
    step = _step(form, answered, refusal)
    carried = {"code": form.code.data or "", "pseudonym": form.pseudonym.data or pseudonyms.suggestion(locale_now())}
    named = {"op_id": form.op_id.data or str(uuid.uuid4())} if step == LAST else {}
    response = page(
        "accounts/one_by_one.html",
        422 if refusal else 200,
        step=step,
        carried=carried | named | {name: answer for name, answer in answered.items() if name != step},
        before=carried | _before(step, answered) if step in SCREENS[1:] else None,
        sentence=sentence_of(refusal) if refusal else "",
        passkey_answer=form.passkey.data or "",
        host=host,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _answered(form: NewcomerForm) -> dict[str, str]:
    """The questions the form holds an answer to: "1" for yes, nothing for no."""
    return {name: "1" if form[name].data else "" for name in QUESTIONS if form[name].raw_data}


def _step(form: NewcomerForm, answered: Mapping[str, str], refusal: Refusal | None) -> str:
    if refusal is not None and refusal.field in QUESTIONS:
        return refusal.field
    if not form.code.raw_data:  # nobody has sent it yet
        return HAND_OVER
    return next((name for name in QUESTIONS if name not in answered), LAST)


def _before(step: str, answered: Mapping[str, str]) -> dict[str, str]:
    """What the screen before this one was asked with."""
    earlier = QUESTIONS[: SCREENS.index(step) - 1]
    return {name: answered[name] for name in earlier if name in answered}
