"""Ten years of a thread cost what ten notes cost: the same statements, and almost the same time."""

from __future__ import annotations

import secrets
import time
from datetime import datetime, timedelta

from sqlalchemy import event, insert

from tests.cast import Cast
from tests.clock import Clock
from tests.streak.lives import Life
from wellbeing.db import db, transaction
from wellbeing.journal.operations.weeks import recount
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.streak import queries

YEARS = 520  # weeks


def ten_years(cast: Cast, name: str, until: datetime, weeks: int = YEARS) -> None:
    """A workshop attended every week and a mood every day, straight into the tables."""
    with cast.app.app_context(), transaction():
        ana = db.session.merge(cast.person(name))
        group = cast.groups["Willow"]
        for week in range(weeks):
            start = until - timedelta(weeks=weeks - week)
            workshop = Workshop(
                uid=secrets.token_hex(16), group_id=group.id, title="Danse", starts_at=start, local_date=start.date(),
                minutes=90, check_in_code_hash=secrets.token_bytes(32), check_in_code_box=b"",
            )  # fmt: skip
            db.session.add(workshop)
            db.session.flush()
            db.session.add(Attendance(person_id=ana.id, workshop_id=workshop.id, how="code", recorded_at=start))
            db.session.execute(insert(Entry), [_mood(ana, start + timedelta(days=day)) for day in range(7)])
            recount(ana, [start.date()])
        first = until - timedelta(weeks=weeks)
        db.session.query(Person).filter_by(id=ana.id).update({"signed_up_at": first, "signed_up_on": first.date()})


def _mood(person: Person, felt: datetime) -> dict[str, object]:
    return {
        "person_id": person.id, "uid": secrets.token_hex(16), "mood": 4, "felt_at": felt, "offset_minutes": 60,
        "zone": "Europe/Paris", "local_date": felt.date(), "first_recorded_at": felt, "in_time": True,
        "imported": False,
    }  # fmt: skip


def statements(life: Life, name: str) -> list[str]:
    with life.cast.app.app_context():
        person = db.session.merge(life.cast.person(name))
        db.session.refresh(person)
        asked: list[str] = []
        listener = lambda *given: asked.append(given[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        queries.thread_of(person, life.clock.now)
        event.remove(db.engine, "before_cursor_execute", listener)
        return [one for one in asked if "SELECT" in one]


def test_ten_years_take_the_one_statement_of_a_first_day(life: Life) -> None:
    life.live("")
    first_day = statements(life, "Ana")
    ten_years(life.cast, "Ana", life.clock.now, weeks=60)
    assert len(statements(life, "Ana")) == len(first_day) == 1


def test_the_page_of_ten_years_takes_little_longer_than_that_of_a_beginning(life: Life, clock: Clock) -> None:
    """Both pages are asked for in turn, so that a busy machine slows them alike. The target is measured by the bench;
    here a thread that were folded from its entries would take several times as long.
    """
    life.live("")
    life.cast.takes_part("Old", "Willow")
    life.cast.takes_part("New", "Willow")
    ten_years(life.cast, "Old", clock.now)
    for day in range(3):
        life.note(life.monday + timedelta(days=day), name="New")
    spent: dict[str, list[float]] = {"Old": [], "New": []}
    browsers = {name: life.cast.browser(name) for name in spent}
    for _ in range(25):
        for name, browser in browsers.items():
            began = time.process_time()
            assert browser.get("/streak").status_code == 200
            spent[name].append(time.process_time() - began)
    assert min(spent["Old"]) / min(spent["New"]) < 2, spent
