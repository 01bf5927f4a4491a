"""What hangs on an entry or on a workshop, and whether it says whose it is."""

from __future__ import annotations

from flask import Flask

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.groups.record import workshops_of
from tests.journal.record import note_mood, rows
from tests.portability.record import sent
from tests.sync.phone import Phone
from wellbeing import worker

STAGE = {"title": "Stage", "starts_on": "2026-03-28", "starts_at": "10:00", "minutes": "420", "repeat": "stage",
         "slot_on": "2026-03-29", "slot_at": "10:00", "slot_minutes": "360"}  # fmt: skip
SOONER = {"starts_on": "2026-03-21", "starts_at": "10:00", "minutes": "420", "slot_on": "2026-03-22",
          "slot_at": "10:00", "slot_minutes": "360"}  # fmt: skip
# Each table, the column it hangs by, what it hangs on, and the column that names the owner there and here.
HANGING = (
    ("note", "entry_id", "entry", "person_id"),
    ("entry_emotion", "entry_id", "entry", "person_id"),
    ("slot", "workshop_id", "workshop", "group_id"),
    ("cancellation", "workshop_id", "workshop", "group_id"),
    ("headcount", "workshop_id", "workshop", "group_id"),
    ("date_seen", "workshop_id", "workshop", "group_id"),
)


def counted(app: Flask) -> dict[str, int]:
    """How many rows each of them has."""
    return {table: rows(app, f"SELECT count(*) AS n FROM {table}")[0].n for table, *_ in HANGING}


def not_named(app: Flask) -> dict[str, int]:
    """How many rows of each do not say the owner that what they hang on says; tables without such rows are left out."""
    found = {
        table: rows(
            app,
            f"SELECT count(*) AS n FROM {table} JOIN {above} ON {above}.id = {table}.{link} "
            f"WHERE {table}.{owner} IS NULL OR {table}.{owner} <> {above}.{owner}",
        )[0].n
        for table, link, above, owner in HANGING
    }
    return {table: many for table, many in found.items() if many}


def a_day_of_every_form(cast: Cast, clock: Clock) -> None:
    """Everything by which a row comes into these tables, of both groups and of several people."""
    for name in ("Ana", "Cleo"):
        uid = note_mood(cast, name, 4, emotions=["joy", "calmness"], note=CANARY)
        change = {"mood": "2", "emotions": ["stress"], "note": f"autre {CANARY}"}
        assert cast.browser(name).post(f"/journal/entries/{uid}", data=change).status_code == 303
        phone = Phone(cast, name)
        late, early = phone.create(3, emotions=["joy"]), phone.create(5)
        words = [phone.put_note(late["entity"], "tard"), phone.put_note(early["entity"], "avant son humeur")]
        assert {one["status"] for one in phone.send(late, *words, early)} == {"applied"}
        file = cast.fresh(name).get("/data/export.json").data
        _brings_in(cast, "Ben" if name == "Ana" else "Gus", file)
    for name, group in (("Fay", "Willow"), ("Gus", "Oak")):
        _leads(cast, name, group)
    with cast.app.app_context():
        assert worker.tick(clock.now)


def _brings_in(cast: Cast, name: str, file: bytes) -> None:
    assert "added=" in sent(cast.fresh(name), file.decode()).location


def _leads(cast: Cast, name: str, group: str) -> None:
    """Yesterday's date was counted, and counted anew; tomorrow's is cancelled, a stage is planned and moved."""
    browser, here = cast.browser(name), f"/groups/{cast.groups[group].uid}/workshops"
    yesterday, tomorrow, *_ = workshops_of(cast, cast.groups[group])
    for present in ("9", "10"):
        said = {"present": present, "without_phone": "0", "newcomers": "1"}
        assert browser.post(f"{here}/{yesterday.uid}/headcount", data=said).status_code == 303
    assert browser.post(f"{here}/{tomorrow.uid}/cancellation").status_code == 303
    assert browser.post(here, data=STAGE).status_code == 303
    stage = workshops_of(cast, cast.groups[group])[-1]
    assert browser.post(f"{here}/{stage.uid}/time", data=SOONER).status_code == 303
