"""A12: whether an id, a code or the beginning of a phrase is anybody's can be told by no answer and no clock.

The statements are compared, which a busy machine does not disturb; then the time itself, by how often a try of the one
kind takes longer than a try of the other (AUC: 0.5 is chance). `make soak` times five hundred of each, and phrases at
what they cost in earnest; with fewer the bound is as far away as chance allows.
"""

from __future__ import annotations

import os
import secrets
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import product
from math import sqrt
from random import Random
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text, update
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.clock import Clock
from tests.home.test_today import statements
from tests.privacy.matrix import OF_THINGS, first_of
from tests.privacy.test_every_door import Thing, bare, things
from wellbeing.accounts import phrases
from wellbeing.db import db, transaction
from wellbeing.domain.codes import ALPHABET
from wellbeing.models.group import Group
from wellbeing.models.workshop import Workshop

SOAK = int(os.environ.get("GUESSES") or 40) >= 400
TRIES = 500 if SOAK else 60
OFF = 0.05 if SOAK else 0.05 + 3 * sqrt((2 * TRIES + 1) / (12 * TRIES * TRIES))
Ask = Callable[[], TestResponse]
CHANCE = Random(12)


def auc(known: Sequence[float], unknown: Sequence[float]) -> float:
    """How often a known one takes longer than an unknown one; a tie is half."""
    ranked = sorted(unknown)
    over = sum(bisect_left(ranked, x) + bisect_right(ranked, x) for x in known)
    return over / (2 * len(known) * len(unknown))


def timed(pairs: Sequence[tuple[Ask, Ask]], tries: int) -> float:
    """Over so many tries of each kind, in random order, the mean AUC of these pairs of known and unknown."""
    each = max(1, tries // len(pairs))
    found = []
    for pair in pairs:
        took: tuple[list[float], list[float]] = ([], [])
        for ask in pair:
            ask()  # what is made the first time is made for both
        for _ in range(each):
            for which in CHANCE.sample((0, 1), 2):
                before = perf_counter()
                pair[which]()
                took[which].append(perf_counter() - before)
        found.append(auc(*took))
    return sum(found) / len(found)


def told_apart(what: str, share: float) -> None:
    sys.stdout.write(f"{what}: AUC {share:.3f} over {TRIES} of each\n")
    assert abs(share - 0.5) <= OFF, f"{what}: known ones are told from unknown ones, AUC {share:.3f}"


# --- phrases ----------------------------------------------------------------------------------------------------------
def unknown_words(cast: Cast, n: int = 7) -> list[str]:
    mine = set(cast.people["Ana"].phrase.split())
    return CHANCE.sample([word for word in phrases.word_list() if word not in mine], n)


def phrase_tries(cast: Cast) -> tuple[Ask, Ask]:
    """Signing in with words that begin like Ana's, and with words that begin like nobody's; each time others."""

    def beginning(known: bool) -> Ask:
        def ask() -> TestResponse:
            words = unknown_words(cast)
            if known:
                words[:2] = cast.people["Ana"].phrase.split()[:2]
            return cast.app.test_client().post("/sign-in", data={"phrase": " ".join(words)})

        return ask

    return beginning(True), beginning(False)


def asked(cast: Cast, words: str, client: FlaskClient | None = None) -> tuple[list[str], str]:
    """The statements of one try at signing in, and its answer without what was typed."""
    with statements(cast) as sent:
        answer = (client or cast.app.test_client()).post("/sign-in", data={"phrase": words})
    assert answer.status_code == 422
    return list(sent), bare(answer.text).replace(words, "…")


def test_a_wrong_phrase_that_begins_like_somebodys_is_refused_by_the_same_statements(cast: Cast) -> None:
    """Known or not, badly typed, seven times over, and closed: what is read and written is the same."""
    right = cast.people["Ana"].phrase.split()
    known, unknown = " ".join([*right[:2], *unknown_words(cast, 5)]), " ".join(unknown_words(cast))
    asked(cast, unknown)  # the first hash of nobody is made once
    first = [asked(cast, words) for words in (known, unknown, "un deux trois")]
    assert any(sent.lstrip().startswith("INSERT INTO throttle") for sent in first[0][0])
    assert first[0] == first[1]
    assert first[0][0] == first[2][0]
    for n in range(6):  # the fifth closes both
        again = [asked(cast, words) for words in (known, unknown)]
        assert again[0] == again[1], f"try {n}"
        assert again[0][0] == first[0][0], f"try {n}"
    assert asked(cast, " ".join(right))[0] == first[0][0], "the right words, while they are closed"


def test_words_of_nobody_are_counted_and_forgotten_like_those_of_somebody(cast: Cast, clock: Clock) -> None:
    right = cast.people["Ana"].phrase.split()
    for words in ([*right[:2], *unknown_words(cast, 5)], unknown_words(cast)):
        asked(cast, " ".join(words))

    def counted() -> list[tuple[int, int]]:
        with cast.app.app_context():
            kept = text("SELECT count, expires FROM throttle WHERE key LIKE 'words/%'")
            return [tuple(row) for row in db.session.execute(kept)]

    assert counted()[0] == counted()[1]
    assert len(counted()) == 2
    assert cast.stranger().post("/sign-in", data={"phrase": " ".join(right)}).status_code == 303
    assert len(counted()) == 1, "what came before the right words is forgotten"
    clock.advance(days=3)
    cast.app.test_cli_runner().invoke(args=["tick"])
    assert counted() == []


def test_a_hundred_wrong_tries_in_a_row_close_a_phrase_for_a_day(cast: Cast, clock: Clock) -> None:
    right = cast.people["Ana"].phrase
    wrong = " ".join([*right.split()[:2], *unknown_words(cast, 5)])
    for _ in range(100):
        asked(cast, wrong)
        clock.advance(minutes=15)
    clock.advance(hours=23)
    asked(cast, right)
    clock.advance(hours=1)
    assert cast.stranger().post("/sign-in", data={"phrase": right}).status_code == 303


def test_no_clock_tells_whose_words_begin_a_phrase(cast: Cast, request: pytest.FixtureRequest) -> None:
    if SOAK:
        request.getfixturevalue("costly_phrases")
        phrases.nobodys_verifier.cache_clear()
        _hashed_in_earnest(cast)
    try:
        told_apart("phrases", timed([phrase_tries(cast)], TRIES))
    finally:
        phrases.nobodys_verifier.cache_clear()


def _hashed_in_earnest(cast: Cast) -> None:
    verifier = phrases.verifier_of(phrases.canonical(cast.people["Ana"].phrase) or "")
    with cast.app.app_context(), transaction():
        ana = {"verifier": verifier, "id": cast.people["Ana"].person.id}
        db.session.execute(text("UPDATE person SET phrase_verifier = :verifier WHERE id = :id"), ana)


# --- ids --------------------------------------------------------------------------------------------------------------
def id_tries(cast: Cast, who: str, objects: dict[str, list[Thing]]) -> Iterator[tuple[str, Ask, Ask]]:
    """For each page that names a thing: one of others, and one that never was, drawn anew each time."""
    browser = cast.browser(who)
    for rule in cast.app.url_map.iter_rules():
        named = OF_THINGS & set(rule.arguments)
        theirs = next((t for t in objects[first_of(rule)] if t.name == "of Oak"), None) if named else None
        if theirs is None or "GET" not in (rule.methods or ()) or set(rule.arguments) - OF_THINGS:
            continue
        bound = cast.app.url_map.bind("localhost")

        def ask(known: bool, rule: object = rule, theirs: Thing = theirs, bound: object = bound) -> TestResponse:
            held = {name: theirs.values[name] for name in rule.arguments}  # type: ignore[attr-defined]
            if not known:
                held["uid"] = secrets.token_hex(16)
            return browser.get(bound.build(rule.endpoint, held))  # type: ignore[attr-defined]

        yield rule.rule, (lambda ask=ask: ask(True)), (lambda ask=ask: ask(False))


@pytest.mark.parametrize("who", ["Ana", "Fay"])
def test_an_id_of_others_and_one_of_nobody_take_the_same_statements(cast: Cast, who: str) -> None:
    tried = 0
    for address, known, unknown in id_tries(cast, who, things(cast)):
        known()
        answers = []
        for ask in (known, unknown):
            with statements(cast) as sent:
                answer = ask()
            assert answer.status_code == 404, address
            answers.append((list(sent), bare(answer.text)))
        assert answers[0] == answers[1], address
        tried += 1
    assert tried > 15


@pytest.mark.parametrize("who", ["Ana", "Fay"])
def test_no_clock_tells_an_id_of_others_from_one_of_nobody(cast: Cast, who: str) -> None:
    pairs = [(known, unknown) for _, known, unknown in id_tries(cast, who, things(cast))]
    told_apart(f"ids, {who}", timed(pairs, TRIES))


# --- codes ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def over(cast: Cast, clock: Clock) -> tuple[str, str]:
    """The code of a workshop of Willow that is long over, and that of a group that closed."""
    clock.advance(days=40)
    with cast.app.app_context(), transaction():
        uid = db.session.scalar(select(Workshop.uid).where(Workshop.group_id == cast.groups["Willow"].id))
        oak = Group.id == cast.groups["Oak"].id
        db.session.execute(update(Group).where(oak).values(closed_at=clock.now - timedelta(days=1)))
    return cast.codes[str(uid)], cast.codes["Oak"]


def code_tries(cast: Cast, code: str) -> Iterator[tuple[str, Ask, Ask]]:
    """A code that opens nothing any more, and one that never did: on the poster's page, and at a workshop's door."""

    def drawn() -> str:
        return "".join(CHANCE.choices(ALPHABET, k=8))

    for who, address in product((None, "Cleo"), ("/join?code={}", "/c/{}")):
        browser = cast.browser(who) if who else cast.app.test_client()
        if who is None and address.startswith("/c/"):
            continue  # leads to sign in, whatever the code

        def ask(made: Callable[[], str], browser: FlaskClient = browser, address: str = address) -> TestResponse:
            return browser.get(address.format(made()))

        yield f"{who} {address}", (lambda ask=ask: ask(lambda: code)), (lambda ask=ask: ask(drawn))


def test_a_code_that_is_over_takes_the_statements_of_one_that_never_was(cast: Cast, over: tuple[str, str]) -> None:
    for code in over:
        for address, known, unknown in code_tries(cast, code):
            known()
            answers = []
            for ask in (known, unknown):
                with statements(cast) as sent:
                    answer = ask()
                answers.append((answer.status_code, list(sent)))
            assert answers[0] == answers[1], address


def test_no_clock_tells_a_code_that_is_over_from_one_that_never_was(cast: Cast, over: tuple[str, str]) -> None:
    for name, code in zip(("workshop", "group"), over, strict=True):
        pairs = [(known, unknown) for _, known, unknown in code_tries(cast, code)]
        told_apart(f"codes of a {name}", timed(pairs, TRIES))
