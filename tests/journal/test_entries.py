"""One entry: read, changed, moved, deleted by its person, and found by nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.journal.record import entries, note_mood, notes, op, rows, weeks, words
from wellbeing.db import db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def cleos(cast: Cast) -> str:
    """Cleo's note of the same day, which Ana must neither see nor touch."""
    return note_mood(cast, "Cleo", 5, note=f"Cleo {CANARY}")


# --- reading ----------------------------------------------------------------------------------------------------------
def test_a_day_shows_its_notes_with_their_words_and_their_hour(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, energy=2, calm=5, emotions=["joy", "tiredness"], note="<i>dehors</i>")
    note_mood(cast, "Ana", 2, felt_at="2026-03-11T08:05:00+01:00", emotions=["mixed"])
    shown = cast.browser("Ana").get("/journal/2026-03-11").text
    for seen in (
        "Il y a de la joie et de la fatigue.",
        "Il y a un mélange.",
        "énergie basse",
        "beaucoup de calme",
        "&lt;i&gt;dehors&lt;/i&gt;",
        "19\u00a0h\u00a000",
    ):
        assert seen in shown
    assert shown.index("8\u00a0h\u00a005") < shown.index("19\u00a0h\u00a000")
    assert CANARY not in shown


def test_the_page_of_an_entry_holds_all_that_was_said(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", 4, energy=2, emotions=["joy"], note="\nle début est vide")
    shown = cast.browser("Ana").get(f"/journal/entries/{uid}").text
    assert 'name="mood" value="4" required checked' in shown
    assert 'name="energy" value="2" checked' in shown
    assert 'value="joy" checked' in shown
    assert ">\n\nle début est vide</textarea>" in shown
    assert 'name="day" value="2026-03-11"' in shown
    assert 'name="time" value="19:00"' in shown


def test_a_note_that_cannot_be_read_says_so_and_is_left_alone(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", 4, note="à moi")
    with cast.app.app_context():
        db.session.execute(text("UPDATE note SET text = :box"), {"box": b"\x01" + b"x" * 40})
        db.session.commit()
    ana = cast.browser("Ana")
    for address in ("/journal/2026-03-11", f"/journal/entries/{uid}", f"/?saved={uid}"):
        answer = ana.get(address)
        assert answer.status_code == 200
        assert "Cette note ne peut pas être lue." in answer.text
    page = ana.get(f"/journal/entries/{uid}").text
    assert 'name="note"' not in page
    assert ana.post(f"/journal/entries/{uid}", data={"mood": "5"}).status_code == 303
    assert notes(cast, "Ana") == [b"\x01" + b"x" * 40]


# --- changing ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_change_replaces_the_numbers_and_leaves_an_unmentioned_note(cast: Cast, method: str) -> None:
    uid = note_mood(cast, "Ana", 4, energy=2, calm=3, emotions=["joy", "pride"], note="gardée")
    before = notes(cast, "Ana")
    answer = cast.browser("Ana").open(
        f"/journal/entries/{uid}", method=method, data={"mood": "1", "calm": "5", "emotions": ["relief"]}
    )
    assert answer.status_code == 303
    (entry,) = entries(cast, "Ana")
    assert (entry.mood, entry.energy, entry.calm, words(cast, "Ana")) == (1, None, 5, ["relief"])
    assert notes(cast, "Ana") == before
    told = rows(
        cast.app, "SELECT kind, version, parts FROM operation WHERE entity = :e ORDER BY version", e=f"entry:{uid}"
    )
    assert [tuple(one) for one in told] == [("entry.create", 1, 3), ("entry.update", 2, 1)]


@pytest.mark.parametrize(("typed", "left"), [("", 0), (" \r\n", 0), ("autre", 1)])
def test_a_note_is_replaced_or_removed(cast: Cast, typed: str, left: int) -> None:
    uid = note_mood(cast, "Ana", 4, note="première")
    cast.browser("Ana").post(f"/journal/entries/{uid}", data={"mood": "4", "note": typed})
    assert len(notes(cast, "Ana")) == left
    assert "première" not in cast.browser("Ana").get("/journal/2026-03-11").text


def test_a_refused_change_keeps_what_was_typed_and_changes_nothing(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", 4, energy=2, note="avant")
    before = entries(cast, "Ana"), notes(cast, "Ana"), words(cast, "Ana")
    typed = {"mood": "3", "energy": "5", "emotions": ["joy", "inconnu"], "note": "après"}
    for headers in ({}, HTMX):
        answer = cast.browser("Ana").post(f"/journal/entries/{uid}", data=typed, headers=headers)
        assert answer.status_code == 422
        assert "n’est pas dans la liste" in answer.text
        assert "après</textarea>" in answer.text
        assert 'name="energy" value="5" checked' in answer.text
    assert (entries(cast, "Ana"), notes(cast, "Ana"), words(cast, "Ana")) == before


# --- moving -----------------------------------------------------------------------------------------------------------
def test_moving_gives_another_date_and_keeps_when_it_was_first_recorded(cast: Cast, clock: Clock) -> None:
    uid = note_mood(cast, "Ana")
    (before,) = entries(cast, "Ana")
    clock.advance(days=3)
    ana = cast.browser("Ana")
    answer = ana.post(f"/journal/entries/{uid}/date", data={"day": "2026-03-06", "time": "21:15"})
    assert answer.headers["Location"] == f"/journal/2026-03-06?moved={uid}"
    shown = ana.get(answer.headers["Location"]).text
    assert "Déplacé au 6 mars." in shown
    assert "sans effet sur le fil" not in shown
    (after,) = entries(cast, "Ana")
    assert (str(after.local_date), after.first_recorded_at) == ("2026-03-06", before.first_recorded_at)
    assert weeks(cast, "Ana") == {"2026-03-02": (1, 1)}


def test_moving_far_back_leaves_the_thread_and_says_so_gently(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", 4, note="reste")
    ana = cast.browser("Ana")
    address = ana.post(f"/journal/entries/{uid}/date", data={"felt_at": "2025-12-24"}).headers["Location"]
    shown = ana.get(address).text
    assert "sans effet sur le fil" in shown
    assert "12\u00a0h\u00a000" in shown
    assert "reste" in shown
    assert weeks(cast, "Ana") == {"2025-12-22": (1, 0)}
    ana.post(f"/journal/entries/{uid}/date", data={"day": "2026-03-11"})
    assert weeks(cast, "Ana") == {"2026-03-09": (1, 1)}


def test_a_hard_mood_moved_far_back_hears_nothing_of_the_thread(cast: Cast) -> None:
    uid = note_mood(cast, "Ana", 1)
    ana = cast.browser("Ana")
    address = ana.post(f"/journal/entries/{uid}/date", data={"felt_at": "2025-12-24"}).headers["Location"]
    assert "le fil." not in ana.get(address).text


@pytest.mark.parametrize("said", [{}, {"day": "2026-03-12"}, {"day": "2026-02-30"}, {"day": "2026-03-09", "time": "x"}])
def test_an_impossible_move_moves_nothing(cast: Cast, said: dict[str, str]) -> None:
    uid = note_mood(cast, "Ana")
    before = entries(cast, "Ana")
    answer = cast.browser("Ana").post(f"/journal/entries/{uid}/date", data=said)
    assert answer.status_code == 422
    assert "Cette date n’est pas valable." in answer.text
    assert f'name="day" value="{said.get("day", "")}"' in answer.text
    assert entries(cast, "Ana") == before


# --- deleting ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["DELETE", "POST"])
def test_deleting_takes_the_words_and_the_note_with_it(cast: Cast, way: str) -> None:
    uid = note_mood(cast, "Ana", 4, emotions=["joy"], note="à effacer")
    ana = cast.browser("Ana")
    address = f"/journal/entries/{uid}"
    send = (lambda: ana.delete(address)) if way == "DELETE" else (lambda: ana.post(f"{address}/deletion"))
    assert send().status_code == 303
    assert send().status_code == 303  # a phone that sends it twice
    assert entries(cast, "Ana") == notes(cast, "Ana") == []
    assert words(cast, "Ana") == []
    assert weeks(cast, "Ana") == {}
    assert len(entries(cast, "Cleo")) == 1


def test_deleting_is_asked_first_where_there_is_no_undo(cast: Cast) -> None:
    uid = note_mood(cast, "Ana")
    asked = cast.browser("Ana").get(f"/journal/entries/{uid}/deletion").text
    assert "Effacer cette note\u202f?" in asked
    answer = cast.browser("Ana").post(f"/journal/entries/{uid}/deletion", data={"page": "1"})
    assert answer.headers["Location"] == "/journal/2026-03-11?said=saved.deleted"


# --- who may not ------------------------------------------------------------------------------------------------------
def test_what_is_not_mine_was_deleted_or_never_was_is_the_same_404(cast: Cast, cleos: str) -> None:
    gone = note_mood(cast, "Ana")
    ana = cast.browser("Ana")
    ana.delete(f"/journal/entries/{gone}")
    before = entries(cast, "Cleo"), notes(cast, "Cleo")
    for uid in (cleos, gone, op().replace("-", ""), "x"):
        address = f"/journal/entries/{uid}"
        answers = [
            ana.get(address),
            ana.get(f"{address}/deletion"),
            ana.post(address, data={"mood": "1"}),
            ana.put(address, data={"mood": "1"}),
            ana.post(f"{address}/date", data={"day": "2026-03-01"}),
        ]
        if uid != gone:
            answers += [ana.delete(address), ana.post(f"{address}/deletion")]
        for answer in answers:
            assert answer.status_code == 404
            assert "Cette page n’existe pas. Votre journal est intact." in answer.text
    assert (entries(cast, "Cleo"), notes(cast, "Cleo")) == before
    assert entries(cast, "Ana") == []


@pytest.mark.parametrize("name", ["Ben", "Fay", "Sam"])
def test_nobody_of_the_group_reaches_a_note_of_it(cast: Cast, name: str) -> None:
    uid = note_mood(cast, "Ana", note=CANARY)
    other = cast.browser(name)
    assert other.get(f"/journal/entries/{uid}").status_code == 404
    assert other.get("/journal/2026-03-11").status_code == 200
    assert f"entries/{uid}" not in other.get("/journal/2026-03-11").text


@pytest.mark.parametrize("address", ["/journal", "/journal/2026-03-11", "/journal/entries/x"])
def test_a_journal_is_closed_to_who_is_not_signed_in(cast: Cast, address: str) -> None:
    answer = cast.stranger().get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")
    assert cast.stranger().delete("/journal/entries/x").status_code == 401


def test_pages_of_a_journal_are_kept_by_no_cache(cast: Cast) -> None:
    for address in ("/", "/journal", "/journal/2026-03-11"):
        assert cast.browser("Ana").get(address).headers["Cache-Control"] == "no-store"
