"""A steward makes trends rarer and more blurred, from the periods that open next."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.cast import Cast
from tests.conftest import Clock
from wellbeing.db import db


def spans(cast: Cast) -> list[tuple[bool, bool]]:
    with cast.app.app_context():
        return [(True, bool(until)) for _, until in db.session.execute(text("SELECT since, until FROM reinforced"))]


def test_it_is_turned_on_and_off_and_every_span_is_kept(cast: Cast, clock: Clock) -> None:
    sam = cast.browser("Sam")
    assert "Elle n’est pas active." in sam.get("/organisation").text
    for on in ("1", "1"):
        answer = sam.post("/organisation/reinforced", data={"on": on})
        assert (
            "Le changement vaut pour les périodes qui s’ouvrent à partir de maintenant."
            in sam.get(answer.location).text
        )
    assert "Elle est active." in sam.get("/organisation").text
    assert spans(cast) == [(True, False)]
    clock.advance(days=1)
    sam = cast.fresh("Sam")
    sam.post("/organisation/reinforced", data={"on": "0"})
    sam.post("/organisation/reinforced", data={"on": ""})
    assert spans(cast) == [(True, True)]


@pytest.mark.parametrize("name", ["Ana", "Fay"])
def test_nobody_else_changes_it(cast: Cast, name: str) -> None:
    assert cast.browser(name).post("/organisation/reinforced", data={"on": "1"}).status_code == 404
    assert cast.stranger().post("/organisation/reinforced", data={"on": "1"}).status_code == 401
    assert spans(cast) == []
