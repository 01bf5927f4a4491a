"""While a facilitator's page is answered, no code reaches what belongs to a person, whatever it tries."""

from __future__ import annotations

import json

import pytest
from flask import Response
from sqlalchemy import select, text

from tests.crowd import CANARY, FIRST, Crowd
from tests.privacy.conftest import MakeWorld
from wellbeing.db import Base, db
from wellbeing.models.entry import Entry
from wellbeing.models.note import Note
from wellbeing.models.person import Person
from wellbeing.web.guards import WALLED_TABLES, facilitator, member, participant, steward

# What a walled page may read of the tables that name a person: who leads, who belongs, who may; and on leaving a group,
# for which one their own answers count.
OF_EVERYBODY = {"person", "membership", "stewardship", "invitation", "sign_in", "contribution"}
TRIES = {
    "a query": lambda: db.session.scalars(select(Entry.mood)).all(),
    "loaded rows": lambda: [entry.mood for entry in db.session.query(Entry)],
    "words in a subquery": lambda: db.session.scalars(
        select(Person.id).where(Person.id.in_(select(Entry.person_id).join(Note, Note.entry_id == Entry.id)))
    ).all(),
    "bare SQL": lambda: db.session.execute(text("SELECT mood FROM entry")).all(),
    "bare SQL in capitals": lambda: db.session.execute(text("SELECT mood FROM ENTRY")).all(),
    "quoted SQL": lambda: db.session.execute(text('SELECT text FROM "note"')).all(),
    "a connection of its own": lambda: db.engine.connect().execute(text("SELECT * FROM consent")).all(),
}


@pytest.fixture(params=[facilitator, member, steward], ids=["facilitator", "member", "steward"])
def walled(new_world: MakeWorld, request: pytest.FixtureRequest) -> Crowd:
    """Fay leads Willow and is steward, and there are pages at /try/… that should not be."""
    app = new_world().app
    for n, attempt in enumerate(TRIES.values()):

        def view(person: Person, attempt: object = attempt) -> Response:
            return Response(f"{CANARY} {attempt()}")  # type: ignore[operator]

        app.add_url_rule(f"/try/{n}", f"try_{n}", request.param(view))
        app.add_url_rule(f"/own/{n}", f"own_{n}", participant(view))
    crowd = Crowd(app)
    crowd.group()
    crowd.leads("Fay", "Willow")
    crowd.stewards("Fay")
    crowd.contributor("Ana")
    crowd.feels_all_block("Ana", 1, FIRST)
    return crowd


def test_the_page_fails_and_shows_nothing(walled: Crowd, capsys: pytest.CaptureFixture[str]) -> None:
    fay = walled.browser("Fay")
    for n, what in enumerate(TRIES):
        capsys.readouterr()
        answer = fay.get(f"/try/{n}")
        assert (answer.status_code, CANARY in answer.text) == (500, False), what
        said = capsys.readouterr().out
        [failure] = [line for line in map(json.loads, said.splitlines()) if line["event"] == "failure"]
        assert failure["type"] == "WallBreached"
        assert not any(word in said for word in (CANARY, "SELECT", "mood", "entry"))


def test_a_person_reads_on_their_own_pages_what_the_wall_keeps_from_others(walled: Crowd) -> None:
    assert CANARY in walled.browser("Fay").get("/own/0").text


def test_everything_that_names_a_person_stands_behind_the_wall() -> None:
    theirs = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name in ("person", "entry") for column in table.columns for key in column.foreign_keys)
    }
    assert {"entry", "note", "consent"} < theirs
    before = {name for name in theirs if not WALLED_TABLES.search(f"FROM {name}")}
    assert before - OF_EVERYBODY == set()
