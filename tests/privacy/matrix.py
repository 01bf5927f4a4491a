"""Every question that can be asked of the application: who × route × method × object, read from its own URL map.

A route that is added is asked about at once. What cannot be asked for want of knowing what its address holds, or whom
it is for, is not left out: `unknown` says what to add, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.privacy.test_every_door import EVERYBODY, NOBODYS, WITHIN, Thing

SAFE = {"GET", "HEAD", "OPTIONS"}
NOT_SIGNED_IN = ("a visitor", "somebody signed out")
EVERYONE = (*EVERYBODY, *NOT_SIGNED_IN)
AUDIENCES = {"public", "signed_in", "participant", "member", "facilitator", "steward"}
NOTHING = [Thing("of nobody", NOBODYS, NOBODYS, {})]
OF_THINGS = set(NOTHING[0].values)  # what names somebody's thing; the rest names a day, a language, a door
OTHERS: dict[str, Callable[[Cast], str | int]] = {
    "day": lambda cast: (cast.now.date() - timedelta(days=1)).isoformat(),
    "number": lambda cast: cast.now.year,
    "name": lambda _: "ons_lonely",  # a set of questions, the same for everybody
    "locale": lambda _: "en",
    "token": lambda _: "nothing",
    "code": lambda cast: cast.codes["Willow"],
}
# Who has a role in a group, or in the house, where the address itself names no object.
ROLES = {"facilitator": {"Fay", "Gus", "Sam"}, "steward": {"Sam"}}


@dataclass(frozen=True)
class Question:
    """One request: by whom, for which object, and what has to come of it.

    `due` is "open", "not found", "sign in", or "any" where the object says nothing of the right.
    """

    who: str
    rule: Rule
    method: str
    audience: str
    thing: Thing
    due: str

    def address(self, cast: Cast) -> str:
        held = {name: self.thing.values[name] if name in OF_THINGS else OTHERS[name](cast)
                for name in self.rule.arguments}  # fmt: skip
        return str(cast.app.url_map.bind("localhost").build(self.rule.endpoint, held, method=self.method))

    def __str__(self) -> str:
        return f"{self.who} asked {self.method} {self.rule.rule} {self.thing.name}"


def unknown(cast: Cast, objects: dict[str, list[Thing]]) -> list[str]:
    """What keeps a route from being asked about, in words that say what to add."""
    views = cast.app.view_functions
    return [
        sentence
        for rule in cast.app.url_map.iter_rules()
        for sentence in unknown_of(rule, getattr(views[rule.endpoint], "audience", "?"), objects)
    ]


def unknown_of(rule: Rule, audience: str, objects: dict[str, list[Thing]]) -> Iterator[str]:
    if audience not in AUDIENCES:
        yield f"{rule.rule}: nothing knows who « {audience} » is. Say so in `due` of matrix.py."
    for name in sorted(set(rule.arguments) - OF_THINGS - set(OTHERS)):
        yield (
            f"{rule.rule}: nothing makes « {name} ». If it names somebody’s thing, add it to `Thing` in "
            "tests/privacy/test_every_door.py; if it names nobody’s, add what fills it to OTHERS in matrix.py."
        )
    if OF_THINGS & set(rule.arguments) and (first := first_of(rule)) not in objects:
        yield (
            f"{rule.rule}: there is no object to ask for. Add “{first}” to `things` in "
            "tests/privacy/test_every_door.py: one of the asker’s, one of somebody else’s, one that never was, and who "
            "is entitled to each."
        )


def first_of(rule: Rule) -> str:
    return rule.rule.split("/")[1]


def questions(cast: Cast, objects: dict[str, list[Thing]], methods: set[str] | None = None) -> Iterator[Question]:
    """All of them, or those with these methods: HEAD and OPTIONS are asked about by name only."""
    for rule in cast.app.url_map.iter_rules():
        audience = cast.app.view_functions[rule.endpoint].audience  # type: ignore[attr-defined]
        asked = (rule.methods or set()) & methods if methods else (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for method in sorted(asked):
            for thing in objects[first_of(rule)] if OF_THINGS & set(rule.arguments) else NOTHING:
                for who in EVERYONE:
                    yield Question(who, rule, method, audience, thing, due(who, rule, audience, thing))


def due(who: str, rule: Rule, audience: str, thing: Thing) -> str:
    """What has to come of it, said without looking at what the application does."""
    if audience == "public":
        return "any"
    if who in NOT_SIGNED_IN:
        return "sign in"
    if not OF_THINGS & set(rule.arguments):
        return "open" if who in ROLES.get(audience, EVERYBODY) else "not found"
    if "crossed" in thing.entitled and not WITHIN & set(rule.arguments):
        return "any"  # half of what it holds is asked for: the same address as the thing before it
    return "open" if thing.is_for(who, rule, audience) else "not found"


class Askers:
    """Everybody’s browser. One of them was signed in, signed out since, and still holds the cookie of then."""

    def __init__(self, cast: Cast) -> None:
        cast.takes_part("Eve", "Willow")
        cast.browser("Eve").post("/sign-out")
        self.cast = cast
        self.browsers = {name: cast.browser(name) for name in EVERYBODY} | {"somebody signed out": cast.browser("Eve")}

    def browser(self, who: str) -> FlaskClient:
        return self.browsers.get(who) or self.cast.stranger()

    def ask(self, question: Question, **headers: str) -> TestResponse:
        answer = self.browser(question.who).open(
            question.address(self.cast), method=question.method, headers={**headers}
        )
        answer.close()
        return answer
