"""Every answer the application gives to everybody, asked for once and read by many tests.

Headers and pages do not depend on the database, so one engine will do; what is written, and refused, is asked for too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import Headers

from tests.cast import Cast
from tests.privacy.matrix import Askers, Question, questions
from tests.privacy.test_every_door import things
from tests.web.reading import Page

FOREIGN = "https://evil.example"
ERASES = "/settings/erasure"  # whoever is signed in may, and would not be there for the next question


@dataclass(frozen=True)
class Answer:
    """What came back, and to what: the question names who asked for what."""

    asked: str
    who: str
    rule: str
    method: str
    audience: str
    status: int
    headers: Headers
    text: str

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0]

    @property
    def signed_in(self) -> bool:
        """Whether the page was made for somebody: their places are on it."""
        return self.kind == "text/html" and "data-person=" in self.text

    @cached_property
    def page(self) -> Page:
        return Page(self.text)


def answers(cast: Cast) -> list[Answer]:
    """Looks come first and from another site, as a link does; then empty writes, and last what is nowhere."""
    askers = Askers(cast)
    asked = [question for question in questions(cast, things(cast)) if question.rule.rule != ERASES]
    looks = [question for question in asked if question.method == "GET"]
    writes = [
        question
        for question in asked
        if question.method != "GET" and question.due != "open" and question.who in ("Ana", "Sam", "a visitor")
    ]
    return [_answer(cast, askers, question, {"Origin": FOREIGN}) for question in looks] + [
        _answer(cast, askers, question, {}) for question in writes
    ]


def _answer(cast: Cast, askers: Askers, question: Question, headers: dict[str, str]) -> Answer:
    came = askers.browser(question.who).open(question.address(cast), method=question.method, headers=headers)
    came.close()
    asked = (str(question), question.who, question.rule.rule, question.method, question.audience)
    return Answer(*asked, came.status_code, came.headers, came.text)
