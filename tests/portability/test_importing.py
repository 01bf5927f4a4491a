"""A journal comes back from a file: all of it or nothing, nothing twice, and never anything for the thread."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import text

from tests.accounts.conftest import tight
from tests.cast import CANARY, Cast
from tests.portability.record import EDGE, entries, exported, journal, noted, sent
from tests.portability.test_exporting import fill
from tests.privacy.test_every_door import content
from wellbeing.db import db
from wellbeing.models.entry import LoggedYear
from wellbeing.models.import_draft import ImportDraft
from wellbeing.portability.reading.files import MOST_BYTES
from wellbeing.worker import tick

__all__ = ["tight"]
HEADER = "id,felt_at,zone,mood,energy,calm,emotions,imported\r\n"
# What cannot be the same in another account: it came by a file, and so it never counts for the thread.
APART = {"imported"}


def moods(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in one.items() if name not in APART} for one in said["entries"]]


def newcomer(cast: Cast, name: str = "Nina") -> Any:
    cast.takes_part(name, "Willow")
    return cast.browser(name)


def drafts(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.query(ImportDraft).count()


# --- there and back
def test_what_was_taken_away_before_erasing_comes_back_whole_and_twice_brings_nothing_more(cast: Cast) -> None:
    journal(cast)
    two_versions(cast)
    ana = cast.browser("Ana")
    file = ana.get("/data/export.json").text
    before = json.loads(file)
    assert ana.post("/settings/erasure", data={}).status_code == 303
    nina = newcomer(cast)
    assert sent(nina, file).location == "/data?added=4"
    after = exported(nina)
    assert moods(after) == moods(before)
    assert len(after["entries"]) == 4
    assert [one["imported"] for one in after["entries"]] == [True] * 4
    assert after["thread"]["days_with_a_mood"] == before["thread"]["days_with_a_mood"]
    again = sent(nina, file)
    assert again.location == "/data?added=0"
    assert "Déjà importé. Rien n’a été ajouté." in nina.get(again.location).text
    assert moods(exported(nina)) == moods(before)


def two_versions(cast: Cast) -> None:
    """A mood that two devices told otherwise: each version comes along."""
    uid = noted(cast.browser("Ana"), mood="3", note="une version")
    with cast.app.app_context():
        person = cast.people["Ana"].person.id
        entry = {"person": person, "uid": uuid.UUID(uid).hex, "other": uuid.uuid4().hex}
        engine = db.engine.dialect.name
        at = "'2026-03-11 17:00:00.000000'" if engine == "sqlite" else "'2026-03-11 17:00:00+00'"
        db.session.execute(text(
            "INSERT INTO entry_past (person_id, entry_uid, uid, mood, emotions, felt_at, offset_minutes, zone, "
            f"device_id, kept_at) VALUES (:person, :uid, :other, 1, 'joy fear', {at}, 60, 'Europe/Paris', "
            f"'3f0c9a5e-7b1d-4c2e-8a6f-0b9d1c2e3f4a', {at})"
        ), entry)  # fmt: skip
        db.session.commit()


def test_the_table_of_moods_comes_back_and_knows_what_the_whole_file_brought(cast: Cast) -> None:
    journal(cast)
    ana, nina = cast.browser("Ana"), newcomer(cast)
    table, whole = ana.get("/data/export.csv").text, ana.get("/data/export.json").text
    assert sent(nina, table).location == "/data?added=3"
    assert [(one.mood, one.energy, one.felt_at) for one in entries(cast, "Nina")] == [
        (one.mood, one.energy, one.felt_at) for one in entries(cast, "Ana")
    ]
    assert sent(nina, whole).location == "/data?added=0"
    assert nina.get("/data/export.csv").text == table.replace(",0\r\n", ",1\r\n")


def test_words_are_encrypted_for_their_new_account_and_read_there(cast: Cast) -> None:
    journal(cast)
    nina = newcomer(cast)
    sent(nina, cast.browser("Ana").get("/data/export.json").text)
    assert CANARY in nina.get("/journal/2026-03-11").text
    with cast.app.app_context():
        boxes = [bytes(box) for box in db.session.scalars(text("SELECT text FROM note"))]
    assert len(boxes) == 4
    assert [box for box in boxes if CANARY.encode() in box] == []


def test_a_mood_that_came_by_a_file_can_be_changed_and_deleted_like_any_other(cast: Cast) -> None:
    journal(cast)
    nina = newcomer(cast)
    sent(nina, cast.browser("Ana").get("/data/export.json").text)
    first = entries(cast, "Nina")[0]
    assert nina.post(f"/journal/entries/{first.uid}", data={"mood": "1", "note": "autrement"}).status_code == 303
    assert entries(cast, "Nina")[0].mood == 1
    assert entries(cast, "Nina")[0].imported
    assert nina.post(f"/journal/entries/{first.uid}/deletion").status_code == 303
    assert len(entries(cast, "Nina")) == 2


def test_what_was_deleted_here_is_not_brought_back_by_a_file_that_has_it_still(cast: Cast) -> None:
    uid = journal(cast)[0]
    ana = cast.browser("Ana")
    file = ana.get("/data/export.json").text
    assert ana.post(f"/journal/entries/{uuid.UUID(uid).hex}/deletion").status_code == 303
    assert sent(ana, file).location == "/data?added=0"
    assert len(entries(cast, "Ana")) == 2


def test_an_import_counts_in_the_calendar_and_never_for_the_thread(cast: Cast) -> None:
    """Rule 11: three days of one week would keep it, had they been noted here."""
    days = [(cast.now - timedelta(days=n)).isoformat() for n in (0, 1, 2)]
    nina = newcomer(cast)
    file = HEADER + "".join(f",{day},Europe/Paris,4,,,,\r\n" for day in days)
    assert sent(nina, file).location == "/data?added=3"
    said = exported(nina)["thread"]
    assert (said["weeks"], said["weeks_in_all"], said["days_with_a_mood"]) == (None, 0, 3)
    with cast.app.app_context():
        (year,) = db.session.query(LoggedYear).filter_by(person_id=cast.people["Nina"].person.id)
        assert "3" in year.days
        assert set(year.days_in_time) == {"0"}
    for day in days:
        noted(nina, felt_at=day)
    assert exported(nina)["thread"]["weeks"] == 1


# --- two steps
def test_a_page_says_what_a_file_holds_before_anything_is_written(cast: Cast) -> None:
    journal(cast)
    file = cast.browser("Ana").get("/data/export.json").text
    nina = newcomer(cast)
    looked = sent(nina, file, preview=True)
    assert (looked.status_code, looked.location) == (303, "/data/import")
    assert entries(cast, "Nina") == []
    page = nina.get("/data/import").text
    assert "Ce fichier contient 3\u00a0humeurs, du jeudi 1er janvier 2026 au mercredi 11 mars 2026." in page
    assert "3 sont nouvelles et seront ajoutées." in page
    assert "2 sont accompagnées de mots." in page
    done = nina.post("/data/import/entries")
    assert done.location == "/data?added=3"
    assert "3 humeurs ajoutées\u00a0: dans le calendrier et les totaux" in nina.get(done.location).text
    assert drafts(cast) == 0
    assert nina.post("/data/import/entries").location == "/data"


def test_the_file_that_waits_is_encrypted_and_is_gone_after_a_no_an_hour_or_another(cast: Cast, clock: Any) -> None:
    ana = cast.browser("Ana")
    journal(cast)
    sent(ana, ana.get("/data/export.json").text, preview=True)
    with cast.app.app_context():
        (first,) = db.session.query(ImportDraft)
        assert CANARY.encode() not in bytes(first.content)
    sent(ana, HEADER, preview=True)
    assert "Ce fichier ne contient aucune humeur." in ana.get("/data/import").text
    with cast.app.app_context():
        (second,) = db.session.query(ImportDraft)
        assert second.uid != first.uid
    assert ana.post("/data/import/end").location == "/data?said=data.import_stopped"
    assert drafts(cast) == 0
    sent(ana, HEADER, preview=True)
    clock.advance(hours=1)
    assert cast.fresh("Ana").get("/data/import").location == "/data"
    assert drafts(cast) == 1
    with cast.app.app_context():
        tick(clock.now)
    assert drafts(cast) == 0


def test_nobody_elses_file_is_ever_seen(cast: Cast) -> None:
    sent(cast.browser("Ana"), HEADER, preview=True)
    assert cast.browser("Ben").get("/data/import").location == "/data"
    cast.browser("Ben").post("/data/import/end")
    assert drafts(cast) == 1


DAYLIO = (
    "full_date,date,weekday,time,mood,activities,note_title,note\r\n"
    f'2026-03-08,8 mars,dimanche,21:05,bien,"marche | amis","","{CANARY}"\r\n'
    "2026-03-07,7 mars,samedi,08:30,patraque,,,\r\n"
)


def test_moods_named_elsewhere_are_matched_first_and_what_was_chosen_stays(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert sent(ana, DAYLIO).location == "/data/import", "a script too is asked to match names"
    page = ana.get("/data/import").text
    assert "patraque" in page
    assert '<option value="4" selected>' in page
    refused = ana.post("/data/import/entries", data={"level_0": "5", "level_1": ""})
    assert refused.status_code == 422
    assert "Faites correspondre les humeurs du fichier aux cinq niveaux." in refused.text
    assert '<option value="5" selected>' in refused.text
    assert entries(cast, "Ana") == []
    for wrong in ({}, {"level_0": "6", "level_1": "1"}, {"level_0": "x"}):
        assert ana.post("/data/import/entries", data=wrong).status_code == 422
    assert ana.post("/data/import/entries", data={"level_0": "5", "level_1": "2"}).location == "/data?added=2"
    assert [(one.mood, one.felt_at.isoformat()) for one in entries(cast, "Ana")] == [
        (2, "2026-03-07T07:30:00+00:00"), (5, "2026-03-08T20:05:00+00:00"),
    ]  # fmt: skip
    assert exported(ana)["entries"][1]["note"] == f"{CANARY}\nmarche | amis"
    sent(ana, DAYLIO)
    assert "Tout est déjà dans votre journal." in ana.get("/data/import").text
    assert ana.post("/data/import/entries", data={"level_0": "1", "level_1": "1"}).location == "/data?added=0"


# --- what is refused
def test_a_bad_last_line_and_nothing_is_written(cast: Cast) -> None:
    file = HEADER + ",2026-03-01T18:30:00+01:00,Europe/Paris,4,,,,\r\n" * 5000 + ",2026-03-01T18:30,,9,,,,\r\n"
    before = content(cast)
    refused = sent(cast.browser("Ana"), file)
    assert refused.status_code == 422
    assert "Ligne 5\u202f002\u00a0: l’humeur n’est pas lisible. Rien n’a été importé." in refused.text
    assert content(cast) == before


def test_the_line_and_the_reason_are_said_in_ones_own_language(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.post("/settings", data={"locale": "en"})
    refused = sent(ana, HEADER + ",yesterday,,4,,,,\r\n", preview=True)
    assert refused.status_code == 422
    assert "Line 2: the date or the time cannot be read. Nothing was imported." in refused.text


@pytest.mark.parametrize("file", [b"PK\x03\x04\x00", b"{", b"a,b\n1,2\n", "é".encode("latin-1")])
def test_what_is_no_export_is_refused_whatever_its_name(cast: Cast, file: bytes) -> None:
    for name in ("../../etc/passwd", "journal.json", "journal.csv"):
        refused = sent(cast.browser("Ana"), file, name=name)
        assert refused.status_code == 422
        assert "Ce fichier n’est pas un export lisible. Rien n’a été importé." in refused.text
        assert "passwd" not in refused.text


def test_no_file_and_a_file_too_big_are_refused_and_the_page_is_there_again(cast: Cast) -> None:
    ana = cast.browser("Ana")
    refused = ana.post("/data/import", data={"preview": "1"}, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "Choisissez d’abord un fichier." in refused.text
    for size in (MOST_BYTES + 1, MOST_BYTES + 1024 * 1024):
        refused = sent(ana, b" " * size, preview=True)
        assert refused.status_code == 413
        assert "Ce fichier dépasse 10\u00a0Mo. Rien n’a été importé." in refused.text
    assert ana.post("/data/import", data="mood", content_type="text/plain").status_code == 415


def test_a_file_that_names_one_thing_twice_is_refused_or_taken_once(cast: Cast) -> None:
    ana, said = cast.browser("Ana"), {"format": "le-fil", "version": 1}
    one = {"id": str(uuid.uuid4()), "mood": 4, "felt_at": "2026-03-01T18:30:00+01:00", "zone": "Europe/Paris"}
    assert sent(ana, json.dumps(said | {"entries": [one, one]})).location == "/data?added=1"
    beside = {"id": str(uuid.uuid4()), "device": "form", "kept_at": "2026-03-01T18:30:00Z", "note": "deux"}
    other = one | {"id": str(uuid.uuid4()), "other_notes": [beside, beside]}
    assert sent(ana, json.dumps(said | {"entries": [other]})).status_code == 422
    assert len(entries(cast, "Ana")) == 1


def test_without_consent_to_a_journal_nothing_is_stored(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    dora = cast.browser("Dora")
    file = HEADER + ",2026-03-01T18:30:00+01:00,Europe/Paris,4,,,,\r\n"
    sent(dora, file, preview=True)
    refused = dora.post("/data/import/entries")
    assert refused.status_code == 422
    assert "Pour noter une humeur, il faut votre accord pour l’enregistrer." in refused.text
    assert "/settings/choices" in refused.text
    assert entries(cast, "Dora") == []
    assert sent(dora, file).status_code == 422


def test_five_files_an_hour_and_then_a_time_to_come_back(cast: Cast, tight: object, clock: Any) -> None:
    ana = cast.browser("Ana")
    assert [sent(ana, HEADER).status_code for _ in range(5)] == [303] * 5
    assert sent(ana, HEADER).status_code == 429
    assert sent(cast.browser("Ben"), HEADER).status_code == 303
    clock.advance(hours=1)
    assert sent(ana, HEADER).status_code == 303


def test_a_script_sends_its_file_as_it_is(cast: Cast) -> None:
    journal(cast)
    nina, ana = newcomer(cast), cast.browser("Ana")
    file = ana.get("/data/export.json")
    assert nina.post("/data/import", data=file.data, content_type="application/json").location == "/data?added=3"


def test_ten_years_come_back_in_less_than_ten_seconds(cast: Cast) -> None:
    fill(cast, "Ana", 5478)
    file = cast.browser("Ana").get("/data/export.json").text
    nina = newcomer(cast)
    began = perf_counter()
    assert sent(nina, file).location == "/data?added=5478"
    assert perf_counter() - began < 10


def test_the_simple_version_does_not_offer_it(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert "Importer un fichier" in ana.get("/data").text
    ana.post("/display", data={"simple": "1"})
    page = ana.get("/data").text
    assert "Importer un fichier" not in page
    assert "Récupérer toutes mes données (JSON)" in page
    assert "Tout effacer" in page


def test_a_file_is_never_laid_down_on_the_disk_as_it_came(cast: Cast) -> None:
    body = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'.encode()
    body += CANARY.encode() * 80_000 + f"\r\n--{EDGE}--\r\n".encode()
    asked = {"data": body, "method": "POST", "content_type": f"multipart/form-data; boundary={EDGE}"}
    with cast.app.test_request_context("/data/import", **asked) as context:
        context.request.max_content_length = MOST_BYTES
        (file,) = context.request.files.values()
        assert isinstance(file.stream, io.BytesIO)
        assert len(file.read()) > 1_000_000
