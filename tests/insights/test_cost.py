"""Ten years of notes cost what ten notes cost: the same statements, and almost the same time."""

from __future__ import annotations

import time

from sqlalchemy import insert, select

from tests.cast import Cast
from tests.clock import Clock
from tests.home.test_today import statements
from tests.streak.lives import Life
from tests.streak.test_cost import ten_years
from wellbeing.db import db, transaction
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry, EntryEmotion
from wellbeing.models.reflection import Reflection


def told_of_everything(cast: Cast, name: str) -> None:
    """Every session attended was told of before and after, and every mood has two words, straight into the tables."""
    with cast.app.app_context(), transaction():
        person = cast.people[name].person.id
        rows = db.session.execute(
            select(Attendance.workshop_id, Attendance.recorded_at).where(Attendance.person_id == person)
        )
        told = [
            {
                "person_id": person, "workshop_id": row.workshop_id,
                "before_mood": place % 4 + 1, "after_mood": place % 3 + 2, "before_calm": 2,
                "after_calm": place % 5 + 1,
                **{f"{part}_told_at": row.recorded_at for part in ("before", "after")},
                **{f"{part}_first_told_at": row.recorded_at for part in ("before", "after")},
            }
            for place, row in enumerate(rows)
        ]  # fmt: skip
        db.session.execute(insert(Reflection), told)
        entries = db.session.scalars(select(Entry.id).where(Entry.person_id == person)).all()
        words = [
            {"entry_id": entry, "person_id": person, "emotion": word, "position": place}
            for entry in entries
            for place, word in ((1, ("joy", "trust", "stress")[entry % 3]), (2, "tiredness"))
        ]
        db.session.execute(insert(EntryEmotion), words)


def test_years_take_the_statements_of_a_first_day(life: Life) -> None:
    life.live("")
    ana = life.ana
    ana.get("/insights")
    with statements(life.cast) as first_day:
        ana.get("/insights")
    ten_years(life.cast, "Ana", life.clock.now, weeks=60)
    told_of_everything(life.cast, "Ana")
    with statements(life.cast) as later:
        assert "Danse\u00a0: 60 séances" in ana.get("/insights").text
    # whoever has noted nothing is asked about once more: whether they agreed to a journal
    assert len(later) == len(first_day) - 1
    assert len(later) <= 7, "\n\n".join(later)


def test_the_page_of_ten_years_takes_little_longer_than_that_of_ten_weeks(life: Life, clock: Clock) -> None:
    """Both pages are asked for in turn, so that a busy machine slows them alike. The target is measured by the bench;
    here a page that were counted from its entries would take several times as long.
    """
    life.live("")
    spent: dict[str, list[float]] = {"Old": [], "New": []}
    for name, weeks in (("Old", 520), ("New", 12)):
        life.cast.takes_part(name, "Willow")
        ten_years(life.cast, name, clock.now, weeks=weeks)
        told_of_everything(life.cast, name)
    browsers = {name: life.cast.browser(name) for name in spent}
    for _ in range(25):
        for name, browser in browsers.items():
            began = time.process_time()
            assert browser.get("/insights").status_code == 200
            spent[name].append(time.process_time() - began)
    assert min(spent["Old"]) / min(spent["New"]) < 2, spent
