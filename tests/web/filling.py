"""Filling in every form that somebody of the cast can reach, one after the other, as bad intentions would.

The forms are found on the pages themselves; what a form does is not undone, so those that close a door behind them
come last, and those that end everything are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.privacy.matrix import questions
from tests.privacy.test_every_door import Thing, things
from tests.web.reading import Form, Page

LEFT_ALONE = ("/settings/erasure", "/settings/shared", "/sign-out", "/closing")
CLOSES = ("/end", "/deletion", "/code", "/revocation", "/cancellation")
LOOKING = ("Ana", "Fay", "Sam", "a visitor")
Data = dict[str, list[str]]
Made = dict[str, list[Thing]]


@dataclass(frozen=True)
class Found:
    """A form, and who found it where."""

    who: str
    address: str
    form: Form

    def __str__(self) -> str:
        return f"{self.who}, {self.form.action} on {self.address}"


def looked_at(cast: Cast, made: Made) -> Iterator[tuple[str, str, TestResponse]]:
    """Everybody's pages: who looks, where, and what is there."""
    seen: set[tuple[str, str]] = set()
    for question in questions(cast, made, {"GET"}):
        address = question.address(cast)
        if question.due == "not found" or (question.who, address) in seen or question.who not in LOOKING:
            continue
        seen.add((question.who, address))
        answer = browser(cast, question.who).get(address)
        answer.close()
        if answer.mimetype == "text/html":
            yield question.who, address, answer


def browser(cast: Cast, who: str) -> FlaskClient:
    return cast.stranger() if who == "a visitor" else cast.browser(who)


def forms(cast: Cast) -> tuple[list[Found], Made]:
    """Every form on those pages, once each, whoever finds it first; and the objects they were asked for with."""
    made: Made = things(cast)
    found: dict[tuple[str, str], Found] = {}
    for who, address, answer in looked_at(cast, made):
        for form in Page(answer.text).forms:
            if not form.action.endswith(LEFT_ALONE) and form.method == "post":
                names = " ".join(sorted({each.name for each in form.fields}))
                found.setdefault((re.sub("[0-9a-f]{32}", "…", form.action), names), Found(who, address, form))
    return sorted(found.values(), key=lambda each: each.form.action.endswith(CLOSES)), made


def send(cast: Cast, each: Found, data: Data) -> TestResponse:
    answer = browser(cast, each.who).post(each.form.action, data=data)
    answer.close()
    return answer


def sent_all(cast: Cast, said: Callable[[Form], Data]) -> tuple[list[tuple[Found, TestResponse]], Made]:
    """Send every form once with what `said` puts in it."""
    found, made = forms(cast)
    return [(each, send(cast, each, said(each.form))) for each in found], made
