"""Somebody takes everything away: whole, in plain words, and nobody else's."""

from __future__ import annotations

import csv
import io
import re
import secrets
from datetime import timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from tests.accounts.conftest import tight
from tests.cast import CANARY, Cast
from tests.groups.record import workshops_of
from tests.portability.record import exported, journal, noted
from tests.reflections.around import after, long_in
from wellbeing.config import ROOT
from wellbeing.db import db, transaction
from wellbeing.models.entry import Entry
from wellbeing.models.flag import Flag
from wellbeing.models.note import Note
from wellbeing.models.person import Person, PersonKey
from wellbeing.vault.people import data_key_of

__all__ = ["tight"]
BOOK = {"intention": f"{CANARY} marcher", "worked": "le cercle", "adapt": ""}


def test_everything_is_there_with_its_words_in_plain_text(cast: Cast, clock: Any) -> None:
    long_in(cast)
    ana, held = cast.browser("Ana"), workshops_of(cast, cast.groups["Willow"])[0]
    full, *_ = journal(cast)
    ana.post(f"/workshops/{held.uid}/attendance")
    met = cast.workshop("Willow", cast.now - timedelta(hours=2))
    ana.post(f"/workshops/{met.uid}/attendance")
    assert ana.post(after(met), data={"mood": "4", "calm": "3", "safety": "5", "keepsake": CANARY}).status_code == 303
    ana.post("/streak", data={"goal": "5"})
    ana.post("/streak/pause", data={"until": ""})
    ana.post("/workshops/calendar")
    ana.post("/settings/choices", data={"purpose": "trends"})
    said = exported(ana)
    assert (said["format"], said["version"]) == ("le-fil", 1)
    assert said["person"]["pseudonym"] == f"Ana {CANARY}"
    mood = next(one for one in said["entries"] if one["id"] == full)
    assert mood["note"].startswith(CANARY)
    assert (mood["mood"], mood["energy"], mood["calm"], mood["emotions"]) == (2, 4, 1, ["joy", "mixed"])
    late = next(one for one in said["entries"] if one["note"] == "tard")
    assert (late["felt_at"], late["date"], late["in_time"]) == ("2026-01-02T03:30:00+01:00", "2026-01-01", False)
    assert met.uid in {one["workshop"] for one in said["attendances"]}
    assert [(one["workshop"], one["after_mood"], one["safety"]) for one in said["reflections"]] == [(met.uid, 4, 5)]
    assert [one["text"] for one in said["keepsakes"]] == [CANARY]
    assert {one["id"]: one["title"] for one in said["workshops"]}[met.uid] == "Danse douce"
    assert [one["name"] for one in said["groups"]] == ["Willow"]
    assert [one["role"] for one in said["memberships"]] == ["participant"]
    assert [one["goal"] for one in said["goals"]][-1] == 5
    assert [one["until"] for one in said["pauses"]] == [None]
    assert len(said["calendar_feed"]) == 1
    (trends,) = (one for one in said["consents"] if one["purpose"] == "trends")
    assert trends["withdrawn_at"] == clock.now.isoformat().replace("+00:00", "Z")
    assert said["thread"]["workshops_attended"] == len(said["attendances"])


def test_whoever_runs_a_group_finds_their_book_and_the_number_they_called_wrong(cast: Cast) -> None:
    held, willow = workshops_of(cast, cast.groups["Willow"])[0], cast.groups["Willow"]
    fay = cast.browser("Fay")
    assert fay.post(f"/groups/{willow.uid}/workshops/{held.uid}/book", data=BOOK).status_code == 303
    (written,) = exported(fay)["book"]
    assert {name: written[name] for name in BOOK} == {**BOOK, "adapt": None}
    assert cast.browser("Ana").post(f"/groups/{willow.uid}/flags", data={"number": "size"}).status_code == 303
    with cast.app.app_context():
        assert db.session.query(Flag).count() == 1
    assert [(one["number"], one["group"]) for one in exported(cast.browser("Ana"))["flags"]] == [("size", willow.uid)]
    assert exported(fay)["flags"] == []


def test_the_format_is_told_name_by_name(cast: Cast) -> None:
    """docs/export-format.md names everything at the top of the file, and nothing that is not there."""
    table = (ROOT / "docs" / "export-format.md").read_text("utf-8").split("A mood:")[0].split("|---|---|")[1]
    told = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1] if line else "")}
    assert told == set(exported(cast.browser("Ana")))


def test_nothing_of_anybody_else_is_in_it(cast: Cast) -> None:
    journal(cast, "Cleo")
    noted(cast.browser("Ben"), mood="1", note="ornithorynque de Ben")
    text = cast.browser("Ana").get("/data/export.json").text
    assert CANARY in cast.browser("Cleo").get("/data/export.json").text
    assert "de Ben" not in text
    for stranger in ("Ben", "Cleo", "Oak", cast.people["Ben"].person.uid):
        assert stranger not in text
    assert exported(cast.browser("Ana"))["entries"] == []


def test_keys_are_in_no_file(cast: Cast) -> None:
    ana = cast.browser("Ana")
    text = ana.get("/data/export.json").text + ana.get("/data/export.csv").text
    person = cast.person("Ana")
    assert person.phrase_verifier
    assert person.phrase_selector
    kept = (person.phrase_verifier, person.phrase_selector.hex(), cast.people["Ana"].token, cast.people["Ana"].phrase)
    assert [secret for secret in kept if secret in text] == []


def test_the_table_of_moods_runs_nothing_and_has_a_fixed_name(cast: Cast) -> None:
    journal(cast)
    with cast.app.app_context(), transaction():
        db.session.query(Entry).update({"zone": "=cmd|' /C calc'!A0"})
    answer = cast.browser("Ana").get("/data/export.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="le-fil.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 3
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []
    assert [(row["mood"], row["emotions"]) for row in rows] == [("5", ""), ("2", "joy mixed"), ("4", "")]
    assert CANARY not in answer.text  # notes are in the other file


def test_the_whole_export_has_a_fixed_name_and_is_kept_by_no_cache(cast: Cast) -> None:
    answer = cast.browser("Ana").get("/data/export.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="le-fil.json"'
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_words_that_cannot_be_read_are_said_to_be_so_and_the_rest_is_there(cast: Cast) -> None:
    journal(cast)
    with cast.app.app_context(), transaction():
        db.session.query(PersonKey).filter_by(person_id=cast.people["Ana"].person.id).delete()
    said = exported(cast.browser("Ana"))
    assert said["person"]["pseudonym"] is None
    assert [(one["mood"], one["note"], one.get("unreadable")) for one in said["entries"]] == [
        (5, None, True), (2, None, True), (4, None, None),
    ]  # fmt: skip


def test_a_visitor_takes_nothing_away(cast: Cast) -> None:
    for address in ("/data", "/data/export.json", "/data/export.csv", "/data/import"):
        assert cast.stranger().get(address).location == f"/sign-in?next={address}"
    for address in ("/data/import", "/data/import/entries", "/data/import/end"):
        assert cast.stranger().post(address).status_code == 401


def test_ten_exports_an_hour_and_then_a_time_to_come_back(cast: Cast, tight: object, clock: Any) -> None:
    ana = cast.browser("Ana")
    assert {ana.get(f"/data/export.{kind}").status_code for kind in ("json", "csv") for _ in range(5)} == {200}
    refused = ana.get("/data/export.json")
    assert refused.status_code == 429
    assert "Beaucoup d’essais." in refused.text
    assert cast.browser("Ben").get("/data/export.json").status_code == 200
    clock.advance(hours=1)
    assert cast.fresh("Ana").get("/data/export.json").status_code == 200


def test_ten_years_are_written_in_less_than_two_seconds(cast: Cast) -> None:
    """3 652 days, two moods on every second one, each with a note."""
    fill(cast, "Ana", 5478)
    ana = cast.browser("Ana")
    ana.get("/data/export.json")
    began = perf_counter()
    answer = ana.get("/data/export.json")
    took = perf_counter() - began
    assert answer.text.count(CANARY) == 5479
    assert took < 2


def fill(cast: Cast, name: str, moods: int) -> None:
    with cast.app.app_context(), transaction():
        person = db.session.get_one(Person, cast.people[name].person.id)
        key = data_key_of(cast.app.config["KEYRING"], person)
        rows = []
        for n in range(moods):
            at = cast.now - timedelta(hours=16 * n)
            rows.append({"person_id": person.id, "uid": secrets.token_hex(16), "mood": 1 + n % 5, "felt_at": at,
                         "offset_minutes": 60, "zone": "Europe/Paris", "local_date": at.date(),
                         "first_recorded_at": at, "in_time": True, "imported": False})  # fmt: skip
        db.session.execute(insert(Entry), rows)
        ids = {row.uid: row.id for row in db.session.query(Entry.uid, Entry.id)}
        words = f"{CANARY} " + "une note de longueur ordinaire " * 5
        db.session.execute(insert(Note), [
            {"entry_id": ids[row["uid"]], "person_id": person.id,
             "text": key.encrypted("note.text", str(row["uid"]), words)} for row in rows
        ])  # fmt: skip
