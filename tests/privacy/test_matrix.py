"""Every route × role × object × method: what is not yours is not found, and says nothing of whether it exists.

Each address is asked for with an object of the asker's own world, of the other group's, and one that never was, by
everybody. Whoever is not entitled gets the very same 404, whatever the object; a visitor is led to sign in, and so is
whoever signed out. No refused request, and no look at anything, changes the database.
"""

from __future__ import annotations

from collections import Counter

import pytest
from werkzeug.routing import Map, Rule

from tests.cast import Cast
from tests.privacy.matrix import SAFE, Askers, questions, unknown, unknown_of
from tests.privacy.test_every_door import Thing, bare, content, things

# Pages that depend on more than on who asks: who runs a group leaves its team and not the group, and has a book.
NOT_ALWAYS_THERE = {"/groups/<uid>/membership/end", "/book"}


@pytest.fixture
def objects(cast: Cast) -> dict[str, list[Thing]]:
    made = things(cast)
    assert (missing := unknown(cast, made)) == [], "\n" + "\n".join(missing)
    return made


def test_what_is_not_yours_is_not_found(cast: Cast, objects: dict[str, list[Thing]]) -> None:
    askers, tried = Askers(cast), Counter[str]()
    same: dict[tuple[str, str], str] = {}
    before = content(cast)
    for question in questions(cast, objects):
        if question.due not in ("not found", "sign in"):
            continue
        answer = askers.ask(question)
        tried[question.due] += 1
        if question.due == "not found":
            assert answer.status_code == 404, f"{question}: {answer.status_code}"
            assert bare(answer.text) == same.setdefault((question.who, question.method), bare(answer.text)), question
        elif question.method == "GET" and answer.status_code == 303:
            assert answer.location.split("?")[0] == "/sign-in", question
        else:
            assert answer.status_code == 401, f"{question}: {answer.status_code}"
            assert bare(answer.text) == same.setdefault(("signed out", answer.mimetype), bare(answer.text)), question
    assert content(cast) == before
    assert tried["not found"] > 500
    assert tried["sign in"] > 300


def test_what_is_yours_opens_and_looking_never_writes(cast: Cast, objects: dict[str, list[Thing]]) -> None:
    askers, opened = Askers(cast), 0
    before = content(cast)
    for question in questions(cast, objects, SAFE):
        if question.method != "GET" and question.who not in ("Ana", "Fay"):
            continue  # HEAD is GET without its body
        answer = askers.ask(question)
        assert answer.status_code < 500, f"{question}: {answer.status_code}"
        if question.due == "open" and question.rule.rule not in NOT_ALWAYS_THERE:
            told = (
                f"{question}: {answer.status_code}. If it depends on more than on who asks, add it to NOT_ALWAYS_THERE"
            )
            assert answer.status_code < 400, told
            opened += 1
    assert opened > 100
    assert content(cast) == before


def test_another_site_makes_nobody_write(cast: Cast, objects: dict[str, list[Thing]]) -> None:
    askers, refused = Askers(cast), 0
    before = content(cast)
    for question in questions(cast, objects):
        if question.method not in SAFE and question.who in ("Ana", "Sam", "a visitor"):
            answer = askers.ask(question, **{"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, f"{question}: {answer.status_code}"
            refused += 1
    assert content(cast) == before
    assert refused > 300


def test_no_address_both_shows_and_writes(cast: Cast) -> None:
    """A view answers looks or writes, never both; asked for with GET, one that writes is not there."""
    views: dict[str, set[str]] = {}
    for rule in cast.app.url_map.iter_rules():
        views.setdefault(rule.endpoint, set()).update(rule.methods or ())
    both = {name for name, methods in views.items() if "GET" in methods and methods - SAFE}
    assert both == set(), f"give each of these a view for GET and another for what it writes: {both}"


@pytest.mark.parametrize(
    ("address", "audience", "told"),
    [
        ("/feelings/<uid>", "participant", "Add “feelings” to `things`"),
        ("/journal/<how>", "participant", "nothing makes « how »"),
        ("/journal", "whoever", "nothing knows who « whoever » is"),
    ],
)
def test_a_route_that_nobody_thought_of_is_told_with_what_to_add(address: str, audience: str, told: str) -> None:
    rule = Rule(address, endpoint="planted")
    Map([rule])
    [sentence] = unknown_of(rule, audience, {"journal": []})
    assert told in sentence
    assert sentence.startswith(address)
