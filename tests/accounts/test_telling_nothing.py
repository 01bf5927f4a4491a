"""Whether something is unknown, wrong, over or closed cannot be told: the same answer, after the same work.

The work is counted and not timed: what takes long is an Argon2id hash, a hundred times longer than all the rest, so the
number and the cost of hashes are what a clock outside would see; a clock of our own would fail on a busy machine.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from tests.accounts.test_arriving_by_invitation import FORM, invited
from tests.accounts.test_joining import joining
from tests.cast import Cast
from tests.journal.record import rows
from tests.privacy.test_every_door import bare
from wellbeing.accounts import phrases
from wellbeing.db import db, transaction

LONG_AGO = "UPDATE invitation SET expires_at = :at WHERE token_hash = :hash"


class Counting(PasswordHasher):
    """Notes each verification, and at which cost the hash was made."""

    done: list[str]

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - the library's name
        self.done.append(str(hash).rsplit("$", 2)[0])
        return super().verify(hash, password)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    counting = Counting(time_cost=1, memory_cost=8, parallelism=1)
    counting.done = []
    phrases.nobodys_verifier.cache_clear()
    monkeypatch.setattr(phrases, "_hasher", counting)
    return counting.done


def tries(cast: Cast) -> dict[str, str]:
    """What may be typed that opens nothing, by what it is."""
    right = cast.people["Ana"].phrase.split()
    unknown = [word for word in phrases.word_list()[:50] if word not in right][:7]
    return {
        "unknown": " ".join(unknown),
        "somebody’s first two words": " ".join([*right[:2], *unknown[2:]]),
        "six words": " ".join(right[:6]),
        "eight words": " ".join([*right, right[0]]),
        "no words of the list": "un deux trois quatre cinq six sept",
        "nothing": "",
        "somebody else’s order": " ".join(reversed(right)),
    }


def test_words_that_open_nothing_cost_one_hash_and_get_one_answer(cast: Cast, hashes: list[str]) -> None:
    answers, costs = {}, set()
    for what, typed in tries(cast).items():
        hashes.clear()
        answer = cast.stranger().post("/sign-in", data={"phrase": typed})
        assert answer.status_code == 422, what
        assert len(hashes) == 1, f"{what}: {len(hashes)} hashes"
        costs.update(hashes)
        answers[what] = bare(answer.text).replace(typed, "…") if typed else bare(answer.text)
    assert len(costs) == 1, "an unknown phrase is checked at the cost of a known one"
    shown = {answer.split("Ces mots n’ouvrent aucun fil.")[0][-200:] for answer in answers.values()}
    assert len(shown) == 1


def test_a_phrase_that_is_closed_for_a_while_costs_and_says_the_same(cast: Cast, hashes: list[str]) -> None:
    right = cast.people["Ana"].phrase
    for _ in range(5):
        cast.stranger().post("/sign-in", data={"phrase": tries(cast)["somebody’s first two words"]})
    hashes.clear()
    closed = cast.stranger().post("/sign-in", data={"phrase": right})
    assert (closed.status_code, len(hashes)) == (422, 1)
    unknown = cast.stranger().post("/sign-in", data={"phrase": tries(cast)["unknown"]})
    assert len(hashes) == 2
    assert hashes[0] == hashes[1]
    assert bare(closed.text).replace(right, "…") == bare(unknown.text).replace(tries(cast)["unknown"], "…")


def used(cast: Cast, token: str) -> None:
    assert cast.browser("Ben").post(f"/invitations/{token}", data={}).status_code == 303


def over(cast: Cast, token: str) -> None:
    _change(cast, "UPDATE invitation SET expires_at = made_at")


def withdrawn(cast: Cast, token: str) -> None:
    _change(cast, "UPDATE invitation SET revoked_at = made_at")


def _change(cast: Cast, statement: str) -> None:
    with cast.app.app_context(), transaction():
        db.session.execute(text(statement))


@pytest.mark.parametrize("ended", [used, over, withdrawn])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_opens_nothing_never_says_why(cast: Cast, ended: Callable[[Cast, str], None], method: str) -> None:
    token = invited(cast, "Willow")
    ended(cast, token)
    answers = [
        cast.stranger().open(f"/invitations/{each}", method=method, data=FORM if method == "POST" else None)
        for each in (token, "0" * 40, "x")
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({bare(answer.text).replace(token, "…").replace("0" * 40, "…").replace("/invitations/x", "/invitations/…")
                for answer in answers}) == 1  # fmt: skip


def test_fifty_taps_on_the_last_button_at_once_make_one_person(cast: Cast) -> None:
    """One form, sent again and again by a phone that hears no answer."""
    form, said = joining(cast, op_id=str(uuid4())), []
    before = rows(cast.app, "SELECT count(*) AS n FROM person")[0].n

    def tap() -> None:
        said.append(cast.stranger().post("/join", data=form).status_code)

    _together([tap] * 50)
    assert len(said) == 50
    assert set(said) <= {200, 303, 422, 503}, said
    assert rows(cast.app, "SELECT count(*) AS n FROM person")[0].n == before + 1


def test_fifty_people_at_once_all_come_in(cast: Cast) -> None:
    said: list[int] = []
    _together([lambda: said.append(cast.stranger().post("/join", data=joining(cast)).status_code)] * 50)
    in_willow = "SELECT count(*) AS n FROM membership WHERE group_id = :id AND role = 'participant'"
    came = rows(cast.app, in_willow, id=cast.groups["Willow"].id)[0].n - 2  # Ana and Ben were there
    assert said.count(200) == came
    assert said.count(200) + said.count(503) == 50
    assert came >= 10


def _together(what: list[Any]) -> None:
    threads = [Thread(target=each) for each in what]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
