"""A person's calendar: a secret address, shown once, that can be changed or ended and holds dates and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.workshops.calendars import events, fetched, made
from tests.workshops.presences import cancel
from wellbeing.db import db, transaction
from wellbeing.models.calendar_feed import CalendarFeed
from wellbeing.models.group import Group


def test_an_address_is_shown_once_and_only_its_hash_is_kept(cast: Cast) -> None:
    ana = cast.browser("Ana")
    before = ana.get("/workshops").text
    assert "Ajouter à mon agenda" in before
    assert "Cette adresse est secrète\u00a0: elle montre les dates de vos groupes." in before
    page = ana.post("/workshops/calendar")
    assert page.status_code == 200
    address = re.search(r'data-calendar="(http://localhost/calendar/([a-z2-7]{32})\.ics)"', page.text)
    assert address
    assert f'href="webcal://localhost/calendar/{address[2]}.ics"' in page.text
    assert "data-copy" in page.text
    with cast.app.app_context():
        (kept,) = db.session.scalars(select(CalendarFeed)).all()
        assert len(kept.token_hash) == 32
        assert address[2].encode() not in kept.token_hash
    after = ana.get("/workshops").text
    assert "Votre agenda a son adresse depuis le mercredi 11 mars 2026." in after
    assert "Changer d’adresse" in after
    assert address[2] not in after


def test_a_calendar_finds_its_dates_with_the_address_alone(cast: Cast) -> None:
    answer = fetched(cast, made(cast, "Ana"))
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="workshops.ics"'
    assert "Set-Cookie" not in answer.headers
    assert [str(event["SUMMARY"]) for event in events(answer.data)] == ["Willow"] * 3
    assert {str(event["LOCATION"]) for event in events(answer.data)} == {"Salle des Tilleuls"}
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in answer.data


def test_it_is_sent_again_only_when_something_changed(cast: Cast, clock: Clock) -> None:
    token = made(cast, "Ana")
    first = fetched(cast, token)
    tag = first.headers["ETag"]
    clock.advance(minutes=17)
    again = fetched(cast, token, **{"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    workshop = cast.workshop("Willow", cast.now + timedelta(days=9))
    changed = fetched(cast, token, **{"If-None-Match": tag})
    assert changed.status_code == 200
    cancel(cast, workshop, cast.now)
    assert fetched(cast, token, **{"If-None-Match": changed.headers["ETag"]}).status_code == 200


def test_it_says_nothing_of_who_reads_it(cast: Cast) -> None:
    """Two people of one group have the same bytes, whatever they noted, wherever and in whatever language they ask."""
    tokens = {name: made(cast, name) for name in ("Ana", "Ben")}
    ana = cast.browser("Ana")
    ana.post("/settings", data={"locale": "en", "timezone": "Pacific/Auckland"})
    yesterday = next(uid for uid in cast.codes if len(uid) == 32)
    assert ana.post(f"/workshops/{yesterday}/attendance").status_code == 303
    told = {name: fetched(cast, token).data for name, token in tokens.items()}
    assert told["Ana"] == told["Ben"]
    assert cast.browser("Ben").get(f"/calendar/{tokens['Ana']}.ics").data == told["Ana"]
    assert fetched(cast, tokens["Ana"], **{"Accept-Language": "en", "User-Agent": "iOS"}).data == told["Ana"]
    words = told["Ana"].decode()
    assert "Willow" in words
    for never in ("Oak", CANARY, "Ana", "Danse douce", "http", tokens["Ana"], cast.person("Ana").uid):
        assert never not in words


@pytest.mark.parametrize(("name", "group"), [("Cleo", "Oak"), ("Fay", "Willow"), ("Gus", "Oak")])
def test_it_holds_the_groups_somebody_is_in_and_no_other(cast: Cast, name: str, group: str) -> None:
    assert {str(event["SUMMARY"]) for event in events(fetched(cast, made(cast, name)).data)} == {group}


def test_whoever_is_in_no_group_is_offered_no_calendar(cast: Cast) -> None:
    assert "Dans mon agenda" not in cast.browser("Sam").get("/workshops").text
    answer = fetched(cast, made(cast, "Sam"))
    assert (answer.status_code, events(answer.data)) == (200, [])
    assert b"BEGIN:VTIMEZONE" in answer.data  # a calendar holds something, or it is none


def test_a_new_address_ends_the_old_one(cast: Cast) -> None:
    old = made(cast, "Ana")
    new = made(cast, "Ana")
    assert old != new
    assert fetched(cast, old).status_code == 404
    assert fetched(cast, new).status_code == 200


def test_an_address_can_be_ended_for_good(cast: Cast) -> None:
    token, bens = made(cast, "Ana"), made(cast, "Ben")
    ana = cast.browser("Ana")
    for _ in range(2):
        answer = ana.post("/workshops/calendar/end")
        assert (answer.status_code, answer.location) == (303, "/workshops?said=ws.cal_ended")
    assert "Cette adresse ne montre plus rien." in ana.get(answer.location).text
    assert "Ajouter à mon agenda" in ana.get("/workshops").text
    assert fetched(cast, token).status_code == 404
    assert fetched(cast, bens).status_code == 200


def test_signing_out_leaves_the_calendar_alone(cast: Cast) -> None:
    token = made(cast, "Ana")
    cast.browser("Ana").post("/sign-out")
    assert fetched(cast, token).status_code == 200


def test_dates_go_with_the_group_that_is_left_or_closed(cast: Cast) -> None:
    token, cleos = made(cast, "Ana"), made(cast, "Cleo")
    assert cast.browser("Ana").post(f"/groups/{cast.groups['Willow'].uid}/membership/end").status_code == 303
    assert events(fetched(cast, token).data) == []
    with cast.app.app_context(), transaction():
        db.session.get_one(Group, cast.groups["Oak"].id).closed_at = cast.now
    assert events(fetched(cast, cleos).data) == []


def test_it_goes_with_the_account(cast: Cast) -> None:
    token = made(cast, "Ana")
    assert cast.browser("Ana").post("/settings/erasure", data={}).status_code == 303
    assert fetched(cast, token).status_code == 404
    with cast.app.app_context():
        assert db.session.scalars(select(CalendarFeed)).all() == []


def test_a_visitor_makes_and_ends_nothing(cast: Cast) -> None:
    token = made(cast, "Ana")
    for address in ("/workshops/calendar", "/workshops/calendar/end"):
        assert cast.stranger().post(address).status_code == 401
    assert fetched(cast, token).status_code == 200


def test_an_address_that_nobody_has_is_like_any_page_that_is_not_there(cast: Cast) -> None:
    made(cast, "Ana")

    def bare(address: str) -> tuple[int, str]:
        answer = cast.stranger().get(address)
        return answer.status_code, re.sub(r"\b[0-9a-f]{16}\b(?!/)", "…", answer.text)

    unknown = bare(f"/calendar/{'a' * 32}.ics")
    assert unknown[0] == 404
    assert bare("/calendar/x.ics") == bare("/calendar/%2e%2e.ics") == bare("/nowhere/at/all") == unknown


def test_wrong_addresses_are_counted_and_a_right_one_is_always_answered(tight: Cast, clock: Clock) -> None:
    token = made(tight, "Ana")
    for _ in range(60):
        assert fetched(tight, "a" * 32).status_code == 404
    refused = fetched(tight, "a" * 32)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 3600
    assert fetched(tight, token).status_code == 200
    assert tight.stranger().get(f"/join?code={tight.codes['Willow']}").status_code == 200  # one room, one address
    clock.advance(minutes=61)
    assert fetched(tight, "a" * 32).status_code == 404


def test_the_address_is_in_no_log(cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    token = made(cast, "Ana")
    fetched(cast, token)
    made(cast, "Ana")
    fetched(cast, token)
    said = capfd.readouterr()
    assert "/calendar/<token>.ics" in said.out
    assert '"event": "calendar_feed"' in said.out
    assert token not in said.out + said.err
    assert "Willow" not in said.out + said.err
