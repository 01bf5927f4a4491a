"""The QR of a workshop, scanned by a phone that nobody is signed in on: it joins or signs in, and comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import Cast
from tests.clock import Clock
from tests.workshops.presences import cancel, presences
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.membership import Membership
from wellbeing.models.workshop import Workshop

NEWCOMER = {"pseudonym": "Galet", "age_ok": "1", "consent_journal": "1"}
OPENS_NOTHING = "Ce code n’ouvre rien."


def tonight(cast: Cast, group: str = "Willow") -> tuple[Workshop, str]:
    workshop = cast.workshop(group, cast.now + timedelta(minutes=30), title="Danse du soir")
    return workshop, cast.codes[workshop.uid]


def scanned(visitor: FlaskClient, code: str) -> str:
    """The page that the QR leads to."""
    led = visitor.get(f"/c/{code}")
    assert (led.status_code, led.location) == (303, f"/join?code={code}")
    return visitor.get(led.location).get_data(as_text=True)


def memberships(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count(Membership.id))) or 0


def test_somebody_new_joins_that_group_and_is_back_where_they_say_they_are_there(cast: Cast) -> None:
    _, code = tonight(cast)
    visitor, before = cast.stranger(), memberships(cast)
    page = scanned(visitor, code)
    assert "Willow" in page
    assert "Oak" not in page
    assert "Ensuite, vous revenez ici" in page
    assert f'name="code" value="{code}"' in visitor.get(f"/join/choices?code={code}").text
    assert (memberships(cast), presences(cast)) == (before, {})  # nobody is anywhere by looking
    welcome = visitor.post("/join", data={**NEWCOMER, "code": code}).text
    assert f'href="/c/{code}"' in welcome
    assert memberships(cast) == before + 1
    assert "J’y suis</button>" in visitor.get(f"/c/{code}").text
    assert visitor.post(f"/c/{code}").status_code == 303
    assert "C’est noté. Bon atelier." in visitor.get(f"/c/{code}").text


def test_somebody_with_a_journal_signs_in_and_is_back_there_too(cast: Cast) -> None:
    _, code = tonight(cast)
    phone = cast.stranger()
    way_in = re.search(r'href="(/sign-in\?next=[^"]+)"', scanned(phone, code))
    assert way_in
    form = phone.get(way_in[1]).text
    onward = re.search(r'name="next" value="([^"]+)"', form)
    assert onward
    wrong = phone.post("/sign-in", data={"phrase": "sept mots qui ne sont de personne", "next": onward[1]})
    assert f'name="next" value="{onward[1]}"' in wrong.text  # a slip of the hand does not lose the way
    answer = phone.post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "next": onward[1]})
    assert "J’y suis</button>" in phone.get(answer.location, follow_redirects=True).text
    assert presences(cast) == {}


def test_the_language_can_be_changed_on_the_way(cast: Cast) -> None:
    _, code = tonight(cast)
    phone = cast.stranger()
    for page in (phone.get(f"/join?code={code}"), phone.get(f"/sign-in?next=/c/{code}")):
        (here,) = set(re.findall(r'action="/locale">\s*<input type="hidden" name="next" value="([^"]+)"', page.text))
        assert code in here
        assert phone.post("/locale", data={"locale": "fr", "next": here}).location == here


def test_a_journal_of_another_group_is_offered_to_join_this_one_first(cast: Cast) -> None:
    _, code = tonight(cast)
    cleo = cast.browser("Cleo")
    refused = cleo.get(f"/c/{code}")
    assert refused.status_code == 404
    assert f'href="/join?code={code}"' in refused.text
    assert "Willow" in cleo.get(f"/join?code={code}").text
    joined = cleo.post("/join", data={"code": code})
    assert (joined.status_code, joined.location) == (303, f"/c/{code}")
    assert cleo.post(f"/c/{code}").status_code == 303
    assert set(presences(cast).values()) == {"code"}


def test_who_is_in_the_group_already_is_led_straight_back(cast: Cast) -> None:
    _, code = tonight(cast)
    assert cast.browser("Ana").get(f"/join?code={code}").location == f"/c/{code}"
    assert cast.browser("Ana").post("/join", data={"code": code}).location == f"/c/{code}"


def test_a_code_that_is_not_open_says_nothing_of_whose_it_is(cast: Cast, clock: Clock) -> None:
    early = cast.workshop("Willow", cast.now + timedelta(minutes=61))
    over = cast.workshop("Willow", cast.now - timedelta(hours=26))
    cancelled, _ = tonight(cast)
    cancel(cast, cancelled, cast.now)
    closed, _ = tonight(cast, "Oak")
    with cast.app.app_context(), transaction():
        db.session.get_one(Group, cast.groups["Oak"].id).closed_at = cast.now
    before = memberships(cast)

    def answers(code: str) -> list[tuple[int, str]]:
        visitor = cast.stranger()
        both = [visitor.get(f"/join?code={code}"), visitor.post("/join", data={**NEWCOMER, "code": code})]
        grouped = f"{code[:4]}-{code[4:]}"
        return [(given.status_code, given.text.replace(code, "…").replace(grouped, "…")) for given in both]

    unknown = answers("ZZZZ2222")
    assert [status for status, _ in unknown] == [422, 422]
    assert all(OPENS_NOTHING in page for _, page in unknown)
    for workshop in (early, over, cancelled, closed):
        assert answers(cast.codes[workshop.uid]) == unknown
    assert memberships(cast) == before
    clock.advance(minutes=1)
    assert "Willow" in cast.stranger().get(f"/join?code={cast.codes[early.uid]}").text


def test_somebody_with_a_journal_is_told_that_the_code_has_closed(cast: Cast) -> None:
    over = cast.workshop("Willow", cast.now - timedelta(hours=26))
    phone = cast.stranger()
    way_in = re.search(r'href="/sign-in\?next=([^"]+)"', scanned(phone, cast.codes[over.uid]))
    assert way_in
    answer = phone.post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "next": way_in[1]})
    assert "Ce code n’est pas ouvert." in phone.get(answer.location).text


@pytest.mark.parametrize(
    "code", ["//evil.example", "%2F%2Fevil.example", "\\evil.example", "https:evil.example", "a%0d%0aLocation:x", "…"]
)
def test_no_code_leads_off_this_site(cast: Cast, code: str) -> None:
    visitor = cast.stranger()
    answer = visitor.get(f"/c/{code}")
    if answer.status_code == 303:
        led = urlsplit(answer.location)
        assert (led.scheme, led.netloc, led.path) == ("", "", "/join")
        page = visitor.get(answer.location).text
        assert "/sign-in?next=" not in page  # only a code of eight signs is a place to come back to
    else:
        assert answer.status_code in (308, 404)


def test_wrong_codes_are_counted_where_they_are_looked_up_whoever_tries(tight: Cast, clock: Clock) -> None:
    """Scanned or typed, looked at or sent: twenty guesses an hour, by person, and by address for a visitor."""
    _, code = tonight(tight)
    ana, visitor = tight.browser("Ana"), tight.stranger()
    for _ in range(20):
        assert ana.get("/c/ZZZZ2222").status_code == 404
        assert visitor.get("/c/ZZZZ2222", follow_redirects=True).status_code == 422
    assert ana.get(f"/c/{code}").status_code == 429
    assert ana.post(f"/c/{code}").status_code == 429
    assert visitor.get(f"/join?code={code}").status_code == 429
    assert tight.browser("Ben").get(f"/c/{code}").status_code == 200
    clock.advance(minutes=61)
    assert ana.get(f"/c/{code}").status_code == 200
    assert visitor.get(f"/join?code={code}").status_code == 200


def test_an_old_qr_on_the_door_shuts_nobody_out(tight: Cast) -> None:
    """A room shares one address: what was a code once is no guess, however many people scan it."""
    over = tight.workshop("Willow", tight.now - timedelta(days=7))
    _, code = tonight(tight)
    for _ in range(25):
        tight.stranger().get(f"/join?code={tight.codes[over.uid]}")
    assert tight.stranger().get(f"/join?code={code}").status_code == 200
    assert tight.stranger().get(f"/join?code={tight.codes['Willow']}").status_code == 200


def test_a_code_is_in_no_log(cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    _, code = tonight(cast)
    visitor = cast.stranger()
    scanned(visitor, code)
    visitor.post("/join", data={**NEWCOMER, "code": code})
    visitor.post(f"/c/{code}")
    said = capfd.readouterr()
    assert "/c/<code>" in said.out
    assert code not in said.out + said.err
