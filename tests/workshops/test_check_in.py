"""The code of the day: one button, sixty minutes before to twenty-four hours after, for the people of the group."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.clock import Clock
from tests.workshops.presences import cancel, presences

MINUTE = timedelta(minutes=1)
OPENS_NOTHING = "Ce code n’ouvre rien."
NOT_OPEN = "Ce code n’est pas ouvert."


def test_the_code_shows_one_button_and_the_tap_notes_it(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now, title="Danse du soir")
    ana = cast.browser("Ana")
    address = f"/c/{cast.codes[workshop.uid]}"
    page = ana.get(address).get_data(as_text=True)
    assert "Danse du soir" in page
    assert "J’y suis" in page
    assert presences(cast) == {}  # nothing is noted by looking
    for _ in range(2):
        answer = ana.post(address)
        assert (answer.status_code, answer.location) == (303, address)
    assert "C’est noté. Bon atelier." in ana.get(address).get_data(as_text=True)
    assert presences(cast) == {("Ana", workshop.uid): "code"}


def test_a_code_replaces_a_word(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now)
    ana = cast.browser("Ana")
    ana.put(f"/workshops/{workshop.uid}/attendance")
    ana.post(f"/c/{cast.codes[workshop.uid]}")
    assert presences(cast) == {("Ana", workshop.uid): "code"}


def test_the_code_is_read_whatever_the_hand_that_typed_it(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now)
    code = cast.codes[workshop.uid]
    ana = cast.browser("Ana")
    led = ana.get("/c", query_string={"code": f" {code[:4].lower()}-{code[4:]} "})
    assert led.status_code == 303
    assert "J’y suis" in ana.get(led.location).get_data(as_text=True)
    assert ana.post(led.location).status_code == 303
    assert presences(cast) == {("Ana", workshop.uid): "code"}


def test_nobody_is_there_before_they_are_somebody(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now)
    code = cast.codes[workshop.uid]
    answer = cast.stranger().get(f"/c/{code}")
    assert (answer.status_code, answer.location) == (303, f"/join?code={code}")
    assert cast.stranger().post(f"/c/{code}").status_code == 401
    assert presences(cast) == {}


@pytest.mark.parametrize(
    ("after_the_start", "open_"),
    [
        (-61 * MINUTE, False),
        (-60 * MINUTE, True),
        (90 * MINUTE, True),
        (90 * MINUTE + timedelta(hours=24), True),
        (91 * MINUTE + timedelta(hours=24), False),
    ],
)
def test_it_is_open_from_the_hour_before_to_the_day_after(cast: Cast, after_the_start: timedelta, open_: bool) -> None:
    workshop = cast.workshop("Willow", cast.now - after_the_start)
    ana = cast.browser("Ana")
    address = f"/c/{cast.codes[workshop.uid]}"
    page = ana.get(address).get_data(as_text=True)
    assert ("J’y suis</button>" in page) == open_
    assert (NOT_OPEN in page) != open_
    answer = ana.post(address)
    assert answer.status_code == (303 if open_ else 422)
    assert (NOT_OPEN in answer.get_data(as_text=True)) != open_
    assert bool(presences(cast)) == open_


def test_a_cancelled_workshop_has_no_open_code(cast: Cast) -> None:
    workshop = cast.workshop("Willow", cast.now)
    cancel(cast, workshop, cast.now)
    ana = cast.browser("Ana")
    address = f"/c/{cast.codes[workshop.uid]}"
    assert NOT_OPEN in ana.get(address).get_data(as_text=True)
    answer = ana.post(address)
    assert answer.status_code == 422
    assert NOT_OPEN in answer.get_data(as_text=True)
    assert presences(cast) == {}


def test_a_code_of_another_group_is_a_code_that_does_not_exist(cast: Cast) -> None:
    theirs = cast.codes[cast.workshop("Oak", cast.now).uid]
    over = cast.codes[cast.workshop("Oak", cast.now - timedelta(days=30)).uid]
    ana = cast.browser("Ana")

    def answers(code: str) -> list[tuple[int, str]]:
        both = [ana.get(f"/c/{code}"), ana.post(f"/c/{code}")]
        return [(answer.status_code, answer.get_data(as_text=True).replace(code, "…")) for answer in both]

    unknown = answers("ZZZZ2222")
    assert [status for status, _ in unknown] == [404, 404]
    assert all(OPENS_NOTHING in page for _, page in unknown)
    assert answers(theirs) == answers(over) == unknown
    assert [status for status, _ in answers("not-a-code")] == [404, 404]
    assert presences(cast) == {}


def test_what_was_typed_stays_in_the_field_and_is_never_a_page(cast: Cast) -> None:
    page = cast.browser("Ana").post("/c/%3Cb%3E").get_data(as_text=True)
    assert 'value="&lt;b&gt;"' in page
    assert "<b>" not in page


@pytest.mark.parametrize("who", ["Fay", "Gus", "Sam", "Cleo"])
def test_those_who_do_not_take_part_check_in_nowhere(cast: Cast, who: str) -> None:
    workshop = cast.workshop("Willow", cast.now)
    answer = cast.browser(who).post(f"/c/{cast.codes[workshop.uid]}")
    assert answer.status_code == 404
    assert OPENS_NOTHING in answer.get_data(as_text=True)
    assert presences(cast) == {}


def test_trying_codes_ends_after_twenty_and_opens_again_within_the_hour(tight: Cast, clock: Clock) -> None:
    workshop = tight.workshop("Willow", tight.now)
    ana, ben = tight.browser("Ana"), tight.browser("Ben")
    code = tight.codes[workshop.uid]
    for _ in range(20):
        assert ana.post("/c/ZZZZ2222").status_code == 404
    refused = ana.post(f"/c/{code}")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 3600
    assert presences(tight) == {}
    assert ben.post(f"/c/{code}").status_code == 303  # nobody pays for another
    clock.advance(minutes=61)
    assert ana.post(f"/c/{code}").status_code == 303
