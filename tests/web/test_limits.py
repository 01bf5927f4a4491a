"""Each limit lets its number through, refuses the next with the hour to come back, and opens again then;
what is counted is counted for all processes together, and no limit shuts a whole workshop out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import parse_many

from tests.accounts.test_joining import joining
from tests.cast import Cast
from tests.clock import Clock
from tests.databases import built, close
from tests.journal.record import rows
from tests.web.limits import LIMITS
from wellbeing.config import Config
from wellbeing.web import throttle
from wellbeing.web.rush import AT_A_TIME

SIX_HUNDRED = 600


@pytest.fixture
def tight(cast: Cast) -> Cast:
    """The real numbers."""
    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    return cast


@pytest.fixture
def another(config: Config) -> Iterator[Flask]:
    """A second process of the same installation, with its own memory and the same database."""
    app = built(replace(config, limits_factor=1))
    yield app
    close(app)


def used_up(cast: Cast, limit: str, left: int) -> None:
    """All but `left` tries of the longest window are behind, as if they had been spread over it."""
    who = LIMITS[limit].who
    item = parse_many(throttle.LIMITS[limit])[-1]
    with cast.app.test_request_context():
        if LIMITS[limit].by_device:
            latest = rows(cast.app, "SELECT uid FROM sign_in ORDER BY id DESC LIMIT 1")
            key = throttle.by_device(latest[0].uid)
        else:
            key = throttle.by_person(cast.people[who].person.uid) if who else throttle.by_address()
        assert throttle._counted.hit(item, limit, key, cost=item.amount - left)


def test_every_limit_is_tried() -> None:
    missing = set(throttle.LIMITS) - {"anything"} - set(LIMITS)
    assert missing == set(), f"add to tests/web/limits.py how to try {', '.join(sorted(missing))}"


@pytest.mark.parametrize("limit", LIMITS)
def test_the_last_one_passes_the_next_is_told_when_to_come_back_and_then_passes(
    tight: Cast, clock: Clock, limit: str
) -> None:
    who, ask = LIMITS[limit].who, LIMITS[limit].ask

    client = tight.fresh(who) if who else tight.stranger()

    def again() -> FlaskClient:
        if LIMITS[limit].by_device:
            return client
        return tight.fresh(who) if who else tight.stranger()

    used_up(tight, limit, left=1)
    assert ask(tight, client).status_code != 429
    refused = ask(tight, again())
    assert refused.status_code == 429
    window = parse_many(throttle.LIMITS[limit])[-1].get_expiry()
    seconds = int(refused.headers["Retry-After"])
    assert window - 5 <= seconds <= window
    clock.advance(seconds=seconds - 1)
    assert ask(tight, again()).status_code == 429
    clock.advance(seconds=1)
    assert ask(tight, again()).status_code != 429


def test_what_one_person_used_up_is_anothers_still(tight: Cast) -> None:
    used_up(tight, "entries", left=0)
    assert LIMITS["entries"].ask(tight, tight.browser("Ana")).status_code == 429
    assert LIMITS["entries"].ask(tight, tight.browser("Ben")).status_code == 303


def test_two_processes_count_together(tight: Cast, another: Flask) -> None:
    clients = [tight.app.test_client(), another.test_client()]
    answers = [clients[n % 2].get("/join?code=ZZZZZZZZ").status_code for n in range(21)]
    assert answers == [422] * 20 + [429]


def test_an_address_that_asks_for_everything_is_slowed_down_by_all_processes_together(
    tight: Cast, another: Flask, clock: Clock
) -> None:
    clients: list[FlaskClient] = [tight.app.test_client(), another.test_client()]
    answered = 0
    while (answer := clients[answered % 2].post("/journal", headers={"HX-Request": "true"})).status_code == 401:
        answered += 1
        assert answered <= SIX_HUNDRED + 2 * AT_A_TIME
    assert answered >= SIX_HUNDRED - 1
    assert answer.status_code == 429
    seconds = int(answer.headers["Retry-After"])
    assert 0 < seconds <= 60
    assert clients[0].get("/help/fr").status_code == 200  # whoever shares the address still reads the numbers
    elsewhere = tight.app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert elsewhere.get("/sign-in").status_code == 200
    clock.advance(seconds=seconds)
    assert clients[0].get("/sign-in").status_code == 200


def test_looking_at_a_page_writes_no_count_of_its_own(tight: Cast) -> None:
    client = tight.browser("Ana")
    for _ in range(AT_A_TIME - 1):
        assert client.get("/settings").status_code == 200
    assert rows(tight.app, "SELECT * FROM throttle") == []
    client.get("/settings")
    assert [row.count for row in rows(tight.app, "SELECT count FROM throttle")] == [AT_A_TIME]


def test_a_workshop_behind_one_address_joins_within_a_minute(tight: Cast, clock: Clock) -> None:
    """Thirty people scan the poster, read, choose, join and open their first pages."""
    code, joined = tight.codes["Willow"], 0
    for _ in range(30):
        client = tight.stranger()
        for address in (f"/join?code={code}", f"/join/choices?code={code}", "/manifest.webmanifest", "/sw.js"):
            assert client.get(address).status_code == 200
        assert client.post("/join", data=joining(tight)).status_code == 200
        joined += 1
        for address in ("/", "/journal", "/workshops", "/sync", "/settings"):
            assert client.get(address).status_code == 200
        clock.advance(seconds=1.5)
    assert joined == 30
