"""A page that is still open when somebody else has signed in writes nothing into their journal."""

from __future__ import annotations

import uuid

import pytest

from tests.cast import CANARY, Cast
from tests.journal.record import rows


def dashed(cast: Cast, name: str) -> str:
    return str(uuid.UUID(cast.people[name].person.uid))


@pytest.mark.parametrize("swapped", [True, False])
def test_what_was_typed_for_one_is_refused_to_the_other(cast: Cast, swapped: bool) -> None:
    headers = {"Fil-Person": dashed(cast, "Ana"), **({"HX-Request": "true"} if swapped else {})}
    before = rows(cast.app, "SELECT * FROM entry")
    answer = cast.browser("Cleo").post("/journal", data={"mood": "4", "note": CANARY}, headers=headers)
    assert answer.status_code == 409
    assert "Un autre journal est ouvert dans ce navigateur." in answer.text
    assert CANARY not in answer.text
    assert rows(cast.app, "SELECT * FROM entry") == before


def test_a_page_of_ones_own_is_taken_and_so_is_one_that_does_not_say(cast: Cast) -> None:
    for headers in ({"Fil-Person": dashed(cast, "Ana")}, {}):
        assert cast.browser("Ana").post("/journal", data={"mood": "4"}, headers=headers).status_code == 303


def test_nobody_signed_in_is_told_to_sign_in_whatever_the_page_says(cast: Cast) -> None:
    headers = {"Fil-Person": dashed(cast, "Ana"), "HX-Request": "true"}
    assert cast.app.test_client().post("/journal", data={"mood": "4"}, headers=headers).status_code == 401
