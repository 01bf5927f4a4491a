"""The page of workshops: what comes, what was, in the order in which one looks for it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from tests.cast import Cast
from tests.clock import Clock
from tests.workshops.presences import cancel
from wellbeing.db import db
from wellbeing.workshops import queries

DAY = timedelta(days=1)


def test_the_next_ones_come_first_and_nobody_elses_are_there(cast: Cast) -> None:
    cast.workshop("Willow", cast.now + 3 * DAY, title="Plus tard")
    cast.workshop("Willow", cast.now + DAY / 24, title="Tout à l’heure")
    cast.workshop("Willow", cast.now - 2 * DAY, title="Avant-hier")
    cast.workshop("Willow", cast.now - 20 * DAY, title="Trop ancienne")
    cast.workshop("Oak", cast.now + DAY / 24, title="Chez Oak")
    page = cast.browser("Ana").get("/workshops").get_data(as_text=True)
    places = [page.index(title) for title in ("Tout à l’heure", "Plus tard", "Avant-hier")]
    assert places == sorted(places)
    assert "Trop ancienne" not in page
    assert "Chez Oak" not in page
    assert page.count("J’y étais</button>") == 2  # the day before yesterday, and yesterday's of the cast


def test_a_cancelled_workshop_says_so_and_offers_nothing(cast: Cast) -> None:
    for days in (-2, 3):
        cancel(cast, cast.workshop("Willow", cast.now + days * DAY, title="Sans nous"), cast.now)
    page = cast.browser("Ana").get("/workshops").get_data(as_text=True)
    assert page.count("Sans nous") == page.count("Séance annulée") == 2
    assert page.count("J’y étais</button>") == 1


def test_what_one_attended_is_kept_by_month_a_page_at_a_time(cast: Cast, clock: Clock) -> None:
    ana = cast.browser("Ana")
    start = cast.now
    for week in range(40):
        clock.set(start + week * 7 * DAY)
        workshop = cast.workshop("Willow", clock.now - DAY / 24, title=f"Semaine-{week:02d}")
        ana.put(f"/workshops/{workshop.uid}/attendance")
    clock.advance(days=20)
    first = ana.get("/workshops").get_data(as_text=True)
    assert "Décembre 2026" in first
    second = ana.get("/workshops?before=" + first.split("/workshops?before=")[1][:10]).get_data(as_text=True)
    assert "à venir" not in second.lower()
    on_first = {week for week in range(40) if f"Semaine-{week:02d}" in first}
    on_second = {week for week in range(40) if f"Semaine-{week:02d}" in second}
    assert on_first | on_second == set(range(40))
    assert not on_first & on_second
    assert len(on_first) == queries.A_PAGE


def test_someone_in_no_group_is_asked_for_the_code_of_the_poster(cast: Cast) -> None:
    page = cast.browser("Sam").get("/workshops").get_data(as_text=True)
    assert "Pas encore de groupe." in page
    assert 'action="/join"' in page


def test_a_group_without_dates_says_so(cast: Cast, clock: Clock) -> None:
    clock.advance(days=60)
    assert "Aucune séance prévue pour l’instant." in cast.browser("Ana").get("/workshops").get_data(as_text=True)


def test_an_address_that_is_no_date_is_not_found(cast: Cast) -> None:
    for wrong in ("yesterday", "2026-02-30", ""):
        assert cast.browser("Ana").get(f"/workshops?before={wrong}").status_code == 404


def test_hours_are_the_groups_and_ones_own_when_they_differ(cast: Cast) -> None:
    cast.takes_part("Nia", "Willow", zone="America/Montreal")
    workshop = cast.workshop("Willow", cast.now + DAY)
    at_home = cast.browser("Ana").get(f"/workshops/{workshop.uid}").get_data(as_text=True)
    far = cast.browser("Nia").get(f"/workshops/{workshop.uid}").get_data(as_text=True)
    assert "De 19\u00a0h\u00a000 à 20\u00a0h\u00a030" in at_home
    assert "Chez vous" not in at_home
    assert "De 19\u00a0h\u00a000 à 20\u00a0h\u00a030" in far
    assert "Chez vous\u00a0: jeudi 12 mars, 14\u00a0h\u00a000" in far


def test_the_next_one_is_running_or_comes_next_and_takes_one_statement(cast: Cast) -> None:
    now = cast.now
    cancel(cast, cast.workshop("Willow", now + DAY / 48), now)
    cast.workshop("Willow", now - 2 * DAY, minutes=60)
    with cast.app.app_context():
        asked: list[str] = []
        ana = db.session.merge(cast.person("Ana"))
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        tomorrow = queries.next_for(ana, now)
        assert len([one for one in asked if "SELECT" in one]) == 1
        assert tomorrow is not None
        assert tomorrow.starts_at == now + DAY
    weekend = cast.workshop("Willow", now - DAY, minutes=2880)
    with cast.app.app_context():
        ana = db.session.merge(cast.person("Ana"))
        running = queries.next_for(ana, now)
        assert running is not None
        assert running.uid == weekend.uid
        assert queries.next_for(ana, now + 30 * DAY) is None
