"""Somebody erases everything: at once, whole, and without a trace that could be read again."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select, text

from tests.cast import CANARY, Cast
from tests.journal.record import rows
from tests.teams.record import invited
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.release import Release


def rows_of(cast: Cast, person_id: int) -> dict[str, int]:
    """How many rows of each table point at this person."""
    with cast.app.app_context():
        found = {}
        for table in inspect(db.engine).get_table_names():
            for key in inspect(db.engine).get_foreign_keys(table):
                if key["referred_table"] == "person":
                    (column,) = key["constrained_columns"]
                    count = text(f'SELECT count(*) FROM "{table}" WHERE {column} = :id')
                    found[f"{table}.{column}"] = db.session.scalar(count, {"id": person_id}) or 0
        return found


def test_everything_goes_at_once_and_the_phrase_opens_nothing(cast: Cast) -> None:
    ana, ana_id = cast.browser("Ana"), cast.person("Ana").id
    ana.post("/journal", data={"op_id": str(uuid.uuid4()), "mood": "2", "emotions": "joy", "note": CANARY})
    assert ana.post("/workshops/calendar").status_code == 200
    assert ana.post("/check-ups/ons_lonely", data={"item_lonely": "2"}).status_code == 303
    assert ana.post("/check-ups/lien3/wish", data={"wanted": "1"}).status_code == 303
    assert ana.post("/silence", data={"until": "never"}).status_code == 303
    assert sum(rows_of(cast, ana_id).values()) > 5
    others = rows_of(cast, cast.person("Ben").id)
    asked = ana.get("/settings/erasure")
    assert "Effacer définitivement" in asked.text
    assert asked.text.index("Garder mon journal") < asked.text.index("Effacer définitivement")
    assert "Dans les sauvegardes plus anciennes, vos notes deviennent illisibles sous 30 jours." in asked.text
    done = ana.post("/settings/erasure", data={})
    assert done.status_code == 303
    assert done.headers["Clear-Site-Data"] == '"cache"'
    assert "C’est effacé. Merci, et bonne route." in ana.get(done.location).text
    assert set(rows_of(cast, ana_id).values()) == {0}
    assert rows_of(cast, cast.person("Ben").id) == others
    assert cast.browser("Ana").get("/settings").status_code == 303
    assert cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).status_code == 422


def test_no_invitation_names_who_made_it_or_came_by_it_any_more(cast: Cast) -> None:
    cast.browser("Ana").post(invited(cast))
    named = "SELECT made_by, used_by FROM invitation"
    fay, ana = cast.person("Fay").id, cast.person("Ana").id
    assert [(row.made_by, row.used_by) for row in rows(cast.app, named)] == [(fay, ana)]
    for name, left in (("Fay", (None, ana)), ("Ana", (None, None))):
        assert cast.fresh(name).post("/settings/erasure").status_code == 303
        assert [(row.made_by, row.used_by) for row in rows(cast.app, named)] == [left]


def test_no_byte_of_what_was_erased_stays_in_the_file(cast: Cast) -> None:
    url = cast.app.config["LE_FIL"].database_url
    uid = cast.person("Ana").uid
    cast.browser("Ana").post("/settings/erasure", data={})
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(path.name + "*"):
            assert uid.encode() not in file.read_bytes()
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Person.id)).where(Person.uid == uid)) == 0


def test_somebody_who_came_in_long_ago_says_their_words_again(cast: Cast, clock: Any) -> None:
    ana = cast.browser("Ana")
    clock.advance(minutes=11)
    asked = ana.post("/settings/erasure", headers={"Referer": "http://localhost/settings/erasure"})
    assert (asked.status_code, asked.location) == (303, "/step-up?next=/settings/erasure")
    for wrong in ("", "abaisser " * 7, cast.people["Ben"].phrase):
        refused = ana.post("/step-up", data={"phrase": wrong, "next": "/settings/erasure"})
        assert refused.status_code == 422
        assert "Ces mots n’ouvrent aucun fil." in refused.text
    assert ana.get("/settings").status_code == 200
    sure = ana.post("/step-up", data={"phrase": cast.people["Ana"].phrase, "next": "/settings/erasure"})
    assert sure.location == "/settings/erasure"
    assert "Effacer définitivement" in ana.get(sure.location).text
    assert ana.post("/settings/erasure").location == "/?said=data.del_done"
    assert ana.get("/settings").status_code == 303


def test_a_group_that_nobody_else_runs_is_closed_and_its_people_stay(cast: Cast) -> None:
    fay = cast.browser("Fay")
    assert "l’effacement ferme ce groupe" in fay.get("/settings/erasure").text
    assert fay.post("/settings/erasure", data={}).status_code == 303
    with cast.app.app_context():
        assert db.session.scalar(select(Group.closed_at).filter_by(id=cast.groups["Willow"].id)) == cast.now
        assert db.session.scalar(select(Group.closed_at).filter_by(id=cast.groups["Oak"].id)) is None
    assert cast.browser("Ana").get("/journal").status_code == 200


def test_the_links_of_a_closed_group_open_nothing_and_its_figures_stay(cast: Cast) -> None:
    fay, willow = cast.browser("Fay"), f"/groups/{cast.groups['Willow'].uid}"
    made = re.search(r'data-invitation="http://localhost([^"]+)"', fay.post(f"{willow}/team").text)
    assert made
    path, asked = made[1], "Vous animez Willow sans autre personne"
    with cast.app.app_context(), transaction():
        db.session.add(
            Release(
                group_id=cast.groups["Willow"].id, item="mood", start=cast.now.date(), days=14, state="none",
                mechanism="1/k5/e2",
            )
        )  # fmt: skip
    assert asked in fay.get("/settings/erasure").text
    assert fay.post("/settings/erasure", data={}).status_code == 303
    assert cast.stranger().get(path).status_code == 404
    assert cast.browser("Ben").post(path, data={}).status_code == 404
    with cast.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Release)) == 1


def test_a_group_that_somebody_else_runs_goes_on(cast: Cast) -> None:
    cast.facilitates("Hugo", "Willow")
    fay = cast.browser("Fay")
    assert "l’effacement ferme" not in fay.get("/settings/erasure").text
    assert fay.post("/settings/erasure", data={}).status_code == 303
    assert cast.browser("Hugo").get(f"/groups/{cast.groups['Willow'].uid}/team").status_code == 200


def test_the_only_steward_cannot_leave_the_place_to_nobody(cast: Cast) -> None:
    sam = cast.browser("Sam")
    refused = sam.post("/settings/erasure", data={})
    assert refused.status_code == 422
    assert "Il faut une personne responsable ici." in refused.text
    assert sam.get("/organisation").status_code == 200


def test_a_visitor_erases_nothing(cast: Cast) -> None:
    assert cast.stranger().post("/settings/erasure", data={}).status_code == 401
    assert cast.stranger().get("/settings/erasure").status_code == 303


def test_whoever_has_the_journal_on_another_device_is_told_what_to_do_there(cast: Cast) -> None:
    """What another device keeps is not the server's to erase; one that is shared keeps nothing."""
    told = "Ce qu’ils gardent s’efface sur chacun, à la page «\u00a0Ouvrir mon journal\u00a0»"
    ana = cast.browser("Ana")
    assert told not in ana.get("/settings/erasure").text
    for shared, says in ((True, False), (False, True)):
        phrase = {"phrase": cast.people["Ana"].phrase} | ({"shared": "1"} if shared else {})
        assert cast.stranger().post("/sign-in", data=phrase).status_code == 303
        assert (told in ana.get("/settings/erasure").text) is says
