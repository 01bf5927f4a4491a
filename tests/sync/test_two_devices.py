"""Two phones on one entry (F16), and any order and repetition of what one sends (F4), through real requests."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import CANARY, Cast
from tests.domain.naive_merge import Asked, in_order
from tests.domain.test_merging import lives
from tests.journal.record import entries, note_mood, rows
from tests.sync.phone import FELT, Phone, fresh, hexed
from tests.sync.test_entries import read_notes
from wellbeing.domain.merging import Verb


@pytest.fixture
def mine(cast: Cast) -> Phone:
    return Phone(cast)


@pytest.fixture
def other(cast: Cast) -> Phone:
    return Phone(cast)


@pytest.fixture
def entity(mine: Phone) -> str:
    """An entry of version 1 that both phones have seen."""
    create = mine.create(3, note="d’abord")
    mine.send(create)
    return str(create["entity"])


def history(cast: Cast) -> list[int]:
    return [row.mood for row in rows(cast.app, "SELECT mood FROM entry_past ORDER BY id")]


@pytest.mark.parametrize("swapped", [False, True])
def test_numbers_the_last_received_is_the_entrys_and_the_other_is_told_and_kept(
    cast: Cast, mine: Phone, other: Phone, entity: str, swapped: bool
) -> None:
    first, second = (other, mine) if swapped else (mine, other)
    assert first.first(first.update(entity, 1, 1))["status"] == "applied"
    late = second.update(entity, 5, 1, energy=2)
    assert second.first(late) == {"status": "conflict", "version": 3, "reason": "numbers"}
    assert second.first(late) == {"status": "duplicate", "version": 3, "reason": "numbers"}
    assert ([entry.mood for entry in entries(cast, "Ana")], history(cast)) == ([5], [1])


def test_the_same_numbers_are_no_conflict(cast: Cast, mine: Phone, other: Phone, entity: str) -> None:
    same = {"emotions": ["joy"], "energy": 2}
    mine.send(mine.update(entity, 4, 1, **same))
    assert other.first(other.update(entity, 4, 1, **same, zone="Europe/Brussels"))["status"] == "applied"
    assert history(cast) == []


def test_the_same_words_are_one_version_until_one_phone_changes_its_own(
    cast: Cast, mine: Phone, other: Phone, entity: str
) -> None:
    mine.send(mine.put_note(entity, "pareil", 1))
    assert other.first(other.put_note(entity, "pareil", 1)) == {"status": "applied", "version": 3}
    page = f"/journal/entries/{hexed(entity)}"
    assert "Deux versions" not in mine.client.get(page).text
    mine.send(mine.op("note.delete", entity, {}, 1))
    assert "Deux versions" in mine.client.get(page).text
    assert read_notes(cast) == ["pareil"]


@pytest.mark.parametrize("swapped", [False, True])
def test_words_are_both_kept_and_the_next_words_replace_a_devices_copy(
    cast: Cast, mine: Phone, other: Phone, entity: str, swapped: bool
) -> None:
    first, second = (other, mine) if swapped else (mine, other)
    assert first.first(first.put_note(entity, "un", 1))["status"] == "applied"
    answer = second.first(second.put_note(entity, "deux", 1))
    assert (answer["status"], answer["reason"], answer["version"]) == ("conflict", "words", 3)
    assert read_notes(cast) == ["un", "deux"]
    page = mine.client.get(f"/journal/entries/{hexed(entity)}").text
    assert page.count(">deux</p>") == 1
    assert f"copies/{hexed(answer['copy_id'])}" in page
    again = second.first(second.update(entity, 3, 1, note="trois"))
    assert (again["reason"], read_notes(cast)) == ("words", ["un", "trois"])
    assert again["copy_id"] != answer["copy_id"]


def test_a_removal_that_has_not_seen_the_words_removes_nothing(
    cast: Cast, mine: Phone, other: Phone, entity: str
) -> None:
    mine.send(mine.put_note(entity, "un", 1))
    answer = other.first(other.op("note.delete", entity, {}, 1))
    assert (answer["reason"], read_notes(cast)) == ("edited_elsewhere", ["un"])


def test_what_the_other_changed_meanwhile_is_not_deleted(cast: Cast, mine: Phone, other: Phone, entity: str) -> None:
    other.send(other.put_note(entity, "un", 1))
    assert mine.first(mine.delete(entity, 1))["reason"] == "edited_elsewhere"
    assert len(entries(cast, "Ana")) == 1
    assert mine.first(mine.delete(entity, 3))["status"] == "applied"
    assert entries(cast, "Ana") == []


def test_a_change_of_what_the_other_deleted_brings_it_back_and_words_alone_stay_on_the_phone(
    cast: Cast, mine: Phone, other: Phone, entity: str
) -> None:
    mine.send(mine.delete(entity, 1))
    assert other.first(other.put_note(entity, "un", 1)) == {"status": "invalid", "reason": "entry_deleted"}
    assert other.first(other.create(2) | {"entity": entity})["superseded"] is True
    assert entries(cast, "Ana") == []
    answer = other.first(other.update(entity, 4, 1, note="revenu"))
    assert answer == {"status": "conflict", "version": 4, "reason": "deleted_elsewhere"}
    assert ([entry.mood for entry in entries(cast, "Ana")], read_notes(cast)) == ([4], ["revenu"])


def test_copies_and_history_go_with_their_entry(cast: Cast, mine: Phone, other: Phone, entity: str) -> None:
    mine.send(mine.update(entity, 1, 1, note="un"))
    other.send(other.update(entity, 5, 1, note="deux"))
    mine.client.post(f"/journal/entries/{hexed(entity)}/deletion")
    for table in ("entry", "note", "note_copy", "entry_past", "early_note"):
        assert rows(cast.app, f"SELECT 1 FROM {table}") == []
    (state,) = rows(cast.app, "SELECT * FROM entity_state WHERE entity = :e", e=f"entry:{hexed(entity)}")
    assert state.deleted_at is not None


# --- choosing ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def both(cast: Cast, mine: Phone, other: Phone, entity: str) -> str:
    """The address of an entry of which each phone said something else."""
    mine.send(mine.update(entity, 1, 1, note="un"))
    other.send(other.update(entity, 5, 1, note=f"deux {CANARY}", emotions=["joy"]))
    note_mood(cast, "Cleo", 2)
    return f"/journal/entries/{hexed(entity)}"


def versions(cast: Cast) -> dict[str, str]:
    (copy,), (past,) = rows(cast.app, "SELECT uid FROM note_copy"), rows(cast.app, "SELECT uid FROM entry_past")
    return {"copies": copy.uid, "past": past.uid}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_shows_both_and_offers_to_keep_or_drop_each(mine: Phone, both: str, language: str) -> None:
    mine.client.post("/settings", data={"locale": language})
    page = mine.client.get(both).text
    said = {
        "fr": ("Deux versions de cette note existaient.", "Garder celle-ci", "Un autre appareil avait noté autrement."),
        "en": ("There were two versions of this note.", "Keep this one", "Another device had noted otherwise."),
    }[language]
    assert all(sentence in page for sentence in said)
    assert page.count(said[1]) == 2


def test_keeping_the_other_words_and_numbers_makes_them_the_entrys(cast: Cast, mine: Phone, both: str) -> None:
    for kind, uid in versions(cast).items():
        answer = mine.client.post(f"{both}/{kind}/{uid}")
        assert (answer.status_code, answer.location) == (303, f"{both}?said=saved.ok")
        assert mine.client.post(f"{both}/{kind}/{uid}").status_code == 404  # chosen already
    assert ([entry.mood for entry in entries(cast, "Ana")], read_notes(cast)) == ([1], [f"deux {CANARY}"])
    assert "Deux versions" not in mine.client.get(both).text


@pytest.mark.parametrize("way", ["end", "delete"])
def test_dropping_the_other_version_leaves_the_entry_as_it_is(cast: Cast, mine: Phone, both: str, way: str) -> None:
    for kind, uid in versions(cast).items():
        address = f"{both}/{kind}/{uid}"
        answer = mine.client.delete(address) if way == "delete" else mine.client.post(f"{address}/end")
        assert answer.location == f"{both}?said=saved.deleted"
    assert ([entry.mood for entry in entries(cast, "Ana")], read_notes(cast)) == ([5], ["un"])
    assert history(cast) == []


@pytest.mark.parametrize("who", ["Ben", "Cleo", "Fay", "Sam"])
def test_another_version_is_its_persons_alone(cast: Cast, both: str, who: str) -> None:
    browser, before = cast.browser(who), versions(cast)
    for kind, uid in before.items():
        for send in (browser.post, browser.put, browser.delete):
            assert send(f"{both}/{kind}/{uid}").status_code == 404
    assert versions(cast) == before


def test_a_copy_is_in_a_box_and_in_no_log(
    cast: Cast, mine: Phone, both: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mine.client.get(both)
    (copy,) = rows(cast.app, "SELECT text FROM note_copy")
    assert CANARY.encode() not in bytes(copy.text)
    assert CANARY not in capsys.readouterr().out


# --- any order, through real requests ---------------------------------------------------------------------------------
def wired(phone: Phone, entity: str, asked: Asked) -> dict[str, Any]:
    numbers = {} if asked.numbers is None else {"mood": asked.numbers, **FELT}
    note = {} if asked.words == "" else {"note": asked.words}
    kind = "note.delete" if asked.verb is Verb.NOTE and not asked.words else f"{asked.verb.value}.put"
    kind = kind if asked.verb is Verb.NOTE else f"entry.{asked.verb.value}"
    return phone.op(kind, entity, {} if kind == "note.delete" else numbers | note, seq=asked.seq)


@given(life=lives(), chance=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_phones_ops_in_any_order_and_repetition_are_the_phone_in_order(
    cast: Cast, life: list[Asked], chance: Any
) -> None:
    phone, entity = Phone(cast), fresh()
    ops = [wired(phone, entity, asked) for asked in life]
    parcels = [[op] for op in ops + chance.choices(ops, k=3)]
    chance.shuffle(parcels)
    answers = [answer for parcel in parcels for answer in phone.send(*parcel)]
    assert not [answer for answer in answers if answer["status"] == "conflict"]
    phone.send(*ops)  # what was refused between a deletion and its undoing is offered again
    numbers, words, gone = in_order(life)
    found = [entry for entry in entries(cast, "Ana") if entry.uid == hexed(entity)]
    assert [entry.mood for entry in found] == ([] if numbers is None else [numbers])
    page = phone.client.get(f"/journal/entries/{hexed(entity)}")
    assert page.status_code == (404 if gone else 200)
    if words:
        assert f"\n{words}</textarea>" in page.text
    assert len(rows(cast.app, "SELECT 1 FROM operation WHERE entity = :e", e=f"entry:{hexed(entity)}")) == len(ops)
    assert {answer["status"] for answer in phone.send(*ops)} == {"duplicate"}
