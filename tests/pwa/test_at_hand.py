"""Keeping the journal at hand is offered after the second note, in one line, and never pressed on anybody."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.clock import Clock
from tests.groups.record import content
from tests.home.test_today import statements
from tests.journal.record import note_mood

OFFER = '<a class="button is-text at-hand" href="/install">'


@pytest.fixture(autouse=True)
def noise(cast: Cast) -> None:
    for _ in range(3):
        note_mood(cast, "Cleo", 4)


def is_offered(phone: FlaskClient) -> bool:
    return OFFER in phone.get("/").text


def phone_after(cast: Cast, *moods: int) -> FlaskClient:
    for mood in moods:
        note_mood(cast, "Ana", mood)
    return cast.browser("Ana")


def test_it_is_offered_after_the_second_note_and_not_before(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert not is_offered(ana)
    note_mood(cast, "Ana", 4, felt_at="2026-03-02")
    assert not is_offered(ana)  # nothing was noted today
    note_mood(cast, "Ana", 4)
    page = ana.get("/").text
    assert page.count(OFFER) == 1
    assert "Garder ce journal sous la main\u202f? Il s’ouvrira même sans réseau." in page
    assert not is_offered(cast.browser("Ben"))


def test_a_first_note_brings_no_offer(cast: Cast) -> None:
    assert not is_offered(phone_after(cast, 4))
    assert not is_offered(cast.stranger())


@pytest.mark.parametrize("mood", [1, 2])
def test_nothing_is_offered_on_the_screen_that_follows_a_hard_mood(cast: Cast, mood: int) -> None:
    ana = phone_after(cast, 4, 4)
    answer = ana.post("/journal", data={"mood": mood})
    assert OFFER not in ana.get(answer.headers["Location"]).text
    answer = ana.post("/journal", data={"mood": 4})
    assert OFFER in ana.get(answer.headers["Location"]).text


def test_not_now_is_silence_for_thirty_days_on_this_browser(cast: Cast, clock: Clock) -> None:
    ana = phone_after(cast, 4, 4)
    assert 'value="later"' in ana.get("/install").text
    answer = ana.post("/install", data={"answer": "later"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert not is_offered(ana)
    assert 'value="later"' not in ana.get("/install").text
    assert is_offered(cast.browser("Ana"))  # another browser of hers has not answered
    for days, offered in ((29, False), (1, True)):
        clock.advance(days=days)
        ana.post("/journal", data={"mood": 4})
        assert is_offered(ana) is offered


def test_what_is_installed_is_never_offered_again(cast: Cast, clock: Clock) -> None:
    ana = phone_after(cast, 4, 4)
    assert ana.post("/install", data={"answer": "done"}).status_code == 303
    ana.post("/install", data={"answer": "later"})
    clock.advance(days=60)
    ana.post("/journal", data={"mood": 4})
    assert not is_offered(ana)
    ana.post("/sign-out")
    ana.post("/sign-in", data={"phrase": cast.people["Ana"].phrase})
    assert ana.get("/settings").status_code == 200
    assert not is_offered(ana)  # the browser still has it


def test_a_device_that_people_share_is_never_asked(cast: Cast) -> None:
    phone_after(cast, 4, 4)
    shared = cast.stranger()
    shared.post("/sign-in", data={"phrase": cast.people["Ana"].phrase, "shared": "1"})
    assert "ou après 30" in shared.get("/settings").text
    assert not is_offered(shared)
    assert 'value="later"' not in shared.get("/install").text


@pytest.mark.parametrize("answer", [{}, {"answer": ""}, {"answer": "never"}, {"answer": ["later", "done"]}])
def test_an_answer_that_is_none_is_refused_and_changes_nothing(cast: Cast, answer: dict[str, object]) -> None:
    ana = phone_after(cast, 4, 4)
    assert ana.post("/install", data=answer).status_code == 422
    assert is_offered(ana)


def test_anyone_may_read_how_and_only_who_is_signed_in_may_answer(cast: Cast) -> None:
    page = cast.stranger().get("/install")
    assert page.status_code == 200
    for sentence in (
        "1. Touchez Partager.",
        "2. Choisissez «\u00a0Sur l’écran d’accueil\u00a0».",
        "3. Touchez Ajouter.",
        "Dans le menu du navigateur\u00a0:",
        "Sur un ordinateur",
    ):
        assert sentence in page.text
    assert 'value="later"' not in page.text
    assert cast.stranger().post("/install", data={"answer": "later"}).status_code == 401


def test_it_is_always_one_step_from_settings(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/install", data={"answer": "done"})
    assert 'href="/install"' in ana.get("/settings").text
    assert ana.get("/install").status_code == 200


def test_offering_writes_nothing_and_asks_no_more_than_a_day_without_a_note(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.get("/")
    with statements(cast) as without:
        ana.get("/")
    note_mood(cast, "Ana", 4, felt_at="2026-03-02")
    note_mood(cast, "Ana", 4)
    before = content(cast)
    with statements(cast) as offering:
        assert is_offered(ana)
    ana.get("/install")
    ana.post("/install", data={"answer": "later"})
    assert len(offering) <= len(without)
    assert content(cast) == before


def test_a_number_on_the_icon_is_for_whoever_asks_and_ends_as_easily(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert (ana.get("/sync").json or {})["settings"]["badge"] is False
    for wanted, shown, button in (("1", True, "Ne plus l’afficher"), ("", False, "Afficher ce nombre")):
        answer = ana.post("/settings/badge", data={"badge": wanted})
        assert (answer.status_code, answer.location) == (303, "/install?said=consent.changed")
        assert (ana.get("/sync").json or {})["settings"]["badge"] is shown
        assert button in ana.get("/install").text
    assert cast.stranger().post("/settings/badge", data={"badge": "1"}).status_code == 401
    assert "/settings/badge" not in cast.stranger().get("/install").text
