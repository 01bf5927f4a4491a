"""Which of its two versions the application shows: the ordinary one, or the simple one.

The pages, their addresses and what they keep are the same in both: a style sheet of its own makes the simple version
larger, and `simply` gives it plainer words. A person's choice goes with them from device to device; before there is a
person, this browser's cookie holds one, as it holds a language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, has_request_context
from flask import session as cookie
from flask_login import current_user

# The plainer words that stand in the place of others; where there are none the ordinary ones show.
PLAINER = {
    "act.undo": "simple.undo",
    "consent.journal": "simple.journal",
    "consent.trends": "simple.trends",
    "data.del_body": "simple.leave",
    "data.del_yes": "data.del",
    "join.phrase_body": "simple.phrase",
    "join.phrase_warn": "simple.phrase_warn",
    "mood.q": "simple.mood_q",
    "note.hint": "simple.note",
    "saved.mood": "simple.saved",
    "saved.ok": "simple.saved",
    "thread.n": "simple.weeks",
    "thread.n_one": "simple.weeks",
    "words.more": "simple.words_more",
}


def is_simple() -> bool:
    """Whether the reader asked for the simple version; looked up once a request."""
    simple: bool | None = g.get("simple")
    if simple is None:
        g.simple = simple = has_request_context() and _asked_for()
    return simple


def simply(key: str) -> str:
    """The key whose message is shown in the place of this one: its plainer words in the simple version, if any."""
    return PLAINER.get(key, key) if is_simple() else key


def remember_here(simple: bool) -> None:
    """The choice of whoever uses this browser: what its pages look like when nobody is signed in."""
    if simple:
        cookie["simple"] = True
    else:
        cookie.pop("simple", None)


@contextmanager
def for_everyone() -> Iterator[None]:
    """Pages that are the same bytes whoever asks, since a device keeps them: the ordinary version, no cookie read."""
    before = g.pop("simple", None)
    g.simple = False
    try:
        yield
    finally:
        g.pop("simple")
        if before is not None:
            g.simple = before


def _asked_for() -> bool:
    if current_user and current_user.is_authenticated:
        return bool(current_user.person.simple)
    return bool(cookie.get("simple"))
