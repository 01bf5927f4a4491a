"""A steward says how long published trends stay; nobody else does. What is too old goes from the page and the disk."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.journal.record import rows
from wellbeing import worker
from wellbeing.db import db, transaction
from wellbeing.domain.crowds import EPOCH
from wellbeing.models.release import Release
from wellbeing.publishing import ledger


def months(cast: Cast) -> list[int]:
    return [row.figures_months for row in rows(cast.app, "SELECT figures_months FROM retention")]


def test_it_is_chosen_and_changed_and_the_page_says_it(cast: Cast) -> None:
    sam = cast.browser("Sam")
    assert 'value="24"' in sam.get("/organisation").text
    for chosen in (12, 60, 60):
        answer = sam.post("/organisation/retention", data={"months": str(chosen)})
        assert "La durée est enregistrée." in sam.get(answer.location).text
        assert months(cast) == [chosen]
        assert f'value="{chosen}"' in sam.get("/organisation").text


@pytest.mark.parametrize("typed", ["11", "61", "", "deux ans", "-24", "24.5", "١٢"])
def test_anything_else_is_refused_in_words_and_stays_in_the_field(cast: Cast, typed: str) -> None:
    refused = cast.browser("Sam").post("/organisation/retention", data={"months": typed})
    assert refused.status_code == 422
    assert "Indiquez un nombre de mois entre 12 et 60." in refused.text
    assert f'value="{typed}"' in refused.text
    assert months(cast) == []


@pytest.mark.parametrize("name", ["Ana", "Fay"])
def test_nobody_else_chooses_it(cast: Cast, name: str) -> None:
    assert cast.browser(name).post("/organisation/retention", data={"months": "12"}).status_code == 404
    assert cast.stranger().post("/organisation/retention", data={"months": "12"}).status_code == 401
    assert months(cast) == []


def test_the_row_and_its_line_go_after_as_many_months_and_are_never_drawn_again(cast: Cast, clock: Clock) -> None:
    group, start = cast.groups["Willow"].id, EPOCH + timedelta(days=14 * 60)
    with cast.app.app_context():
        kept = ledger.Line(group, "mood", start, 14, "published", 30, 5, "1/k5/e2")
        with transaction():
            db.session.add(Release(**vars(kept)))
        book = ledger.Ledger(cast.app.config["LE_FIL"].instance / ledger.NAME)
        book.append(kept)
    cast.browser("Sam").post("/organisation/retention", data={"months": "12"})
    ended = start + timedelta(days=14)
    for before, there in ((1, True), (0, False)):
        clock.set(clock.now.replace(year=ended.year + 1, month=ended.month, day=ended.day) - timedelta(days=before))
        with cast.app.app_context():
            assert worker.tick(clock.now)
        found = rows(cast.app, "SELECT 1 FROM release WHERE start = :start AND group_id = :id AND days = 14",
                     start=start.isoformat(), id=group)  # fmt: skip
        lines = [json.loads(line) for line in book.path.read_text().splitlines()]
        assert bool(found) is there
        assert (
            any((line["group_id"], line["start"], line["days"]) == (group, start.isoformat(), 14) for line in lines)
            is there
        )
