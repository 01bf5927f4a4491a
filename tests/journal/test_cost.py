"""One tap is kept by one wait for the disk, and asks the database for little, whatever was noted before."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.home.test_today import HTMX, statements
from tests.journal.record import entries, note_mood, op, rows

MOST = 13  # the lock of a person on PostgreSQL, where SQLite begins its one writing transaction, comes on top


def _tap(ana: FlaskClient) -> None:
    assert ana.post("/journal", data={"op_id": op(), "mood": "4"}, headers=HTMX).status_code == 200


def test_a_tap_is_one_transaction_of_few_statements_however_much_was_noted(cast: Cast) -> None:
    ana = cast.browser("Ana")
    _tap(ana)
    with statements(cast) as first:
        _tap(ana)
    for day in range(1, 11):
        note_mood(cast, "Ana", 4, felt_at=f"2026-03-{day:02d}", note="x", emotions=["joy", "trust"])
    with statements(cast) as later:
        _tap(ana)
    assert len(entries(cast, "Ana")) == 13
    assert len(later) == len(first) <= MOST + 1, "\n\n".join(first)
    writing = [sent for sent in first if sent == "BEGIN IMMEDIATE" or "FOR NO KEY UPDATE" in sent]
    assert len(writing) == 1


def test_the_count_of_a_day_is_kept_with_the_note_it_counts_or_not_at_all(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    dora = cast.browser("Dora")
    for _ in range(3):
        assert dora.post("/journal", data={"op_id": op(), "mood": "4"}, headers=HTMX).status_code == 422
    assert not entries(cast, "Dora")
    assert not rows(cast.app, "SELECT * FROM throttle WHERE key LIKE '%entries%'")
