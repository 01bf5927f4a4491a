"""What cannot be noted, in which words; what was typed comes back, and nothing is half-saved."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Cast
from tests.journal.record import entries, note_mood, notes, op, rows, words

HTMX = {"HX-Request": "true"}
SCALE = "Choisissez une des cinq réponses."
DATE = "Cette date n’est pas valable."
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"mood": ""}, SCALE),
    ({"mood": "0"}, SCALE),
    ({"mood": "6"}, SCALE),
    ({"mood": "3.5"}, SCALE),
    ({"mood": "٣"}, SCALE),
    ({"mood": "bien"}, SCALE),
    ({"energy": "6"}, SCALE),
    ({"calm": "-1"}, SCALE),
    ({"emotions": ["joie"]}, "n’est pas dans la liste"),
    ({"emotions": ["joy", "joy"]}, "Un mot est choisi deux fois."),
    ({"emotions": ["joy", "pride", "relief", "trust"]}, "Trois mots choisis."),
    ({"note": "a" * 4001}, "dépasse 4\u202f000 caractères"),
    ({"note": "nul\0"}, "un caractère illisible"),
    ({"felt_at": "2026-13-01"}, DATE),
    ({"felt_at": "2026-02-30T12:00"}, DATE),
    ({"felt_at": "hier"}, DATE),
    ({"felt_at": "1899-12-31"}, DATE),
    ({"felt_at": "0000-00-00"}, DATE),
    ({"felt_at": "2026-03-12T20:00:00+01:00"}, DATE),
    ({"felt_at": "2027-04-01"}, DATE),
    ({"felt_at": "9999-12-31T23:59:59+14:00"}, DATE),
    ({"day": "2026-03-12"}, DATE),
    ({"day": "2026-03-10", "time": "25:00"}, DATE),
    ({"mood": ["3", "4"]}, "Une réponse est arrivée deux fois."),
    ({"note": ["a", "b"]}, "Une réponse est arrivée deux fois."),
    ({"op_id": "pas-un-uuid"}, "Quelque chose n’a pas marché."),
    ({"op_id": "٣" * 32}, "Quelque chose n’a pas marché."),
]


@pytest.mark.parametrize(("said", "sentence"), REFUSED)
def test_a_refused_note_says_why_and_stores_nothing(cast: Cast, said: dict[str, Any], sentence: str) -> None:
    note_mood(cast, "Cleo")
    told = {"op_id": op(), "mood": "4", "note": "gardez-moi", **said}
    for headers in ({}, HTMX):
        answer = cast.browser("Ana").post("/journal", data=told, headers=headers)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert entries(cast, "Ana") == notes(cast, "Ana") == []
    assert words(cast, "Ana") == []
    assert rows(cast.app, "SELECT * FROM operation WHERE person_id = :p", p=cast.people["Ana"].person.id) == []


def test_half_of_a_pair_is_no_text(cast: Cast) -> None:
    """Lone surrogates, as no browser sends them: the bytes are no UTF-8."""
    answer = cast.browser("Ana").post(
        "/journal", data=b"mood=4&note=moiti%C3%A9+%ED%A0%80", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 422
    assert "un caractère illisible" in answer.text
    assert entries(cast, "Ana") == []


def test_everything_typed_comes_back_in_the_form(cast: Cast) -> None:
    op_id = op()
    told = {"op_id": op_id, "mood": "2", "energy": "4", "calm": "1", "emotions": ["joy", "trust"], "felt_at": "jamais"}
    shown = cast.browser("Ana").post("/journal", data={**told, "note": "<b>à moi</b>"}).text
    for kept in (
        f'value="{op_id}"',
        'name="mood" value="2" required checked',
        'name="energy" value="4" checked',
        'name="calm" value="1" checked',
        'value="joy" checked',
        'value="trust" checked',
        'value="jamais"',
        "&lt;b&gt;à moi&lt;/b&gt;</textarea>",
    ):
        assert kept in shown
    assert '<details class="more-words" open>' in shown


def test_the_first_field_in_error_takes_the_focus_and_names_its_sentence(cast: Cast) -> None:
    shown = cast.browser("Ana").post("/journal", data={"mood": "4", "note": "b" * 4001}).text
    assert shown.count("autofocus") == 1
    assert 'aria-describedby="note-hint note-error note-length" aria-invalid="true" autofocus' in shown
    assert "4\u202f001 caractères sur 4\u202f000" in shown
    assert "b" * 4001 in shown


def test_a_mended_form_saves_under_the_same_op_id(cast: Cast) -> None:
    op_id = op()
    ana = cast.browser("Ana")
    ana.post("/journal", data={"op_id": op_id, "mood": "9"})
    assert ana.post("/journal", data={"op_id": op_id, "mood": "3"}).status_code == 303
    assert [entry.uid for entry in entries(cast, "Ana")] == [op_id.replace("-", "")]


@pytest.mark.parametrize("note", ["a" * 4000, "é\r\n" * 2000, "🙂" * 4000, " \r\n\t"])
def test_four_thousand_characters_fit_whatever_they_are(cast: Cast, note: str) -> None:
    note_mood(cast, "Ana", note=note)
    assert len(notes(cast, "Ana")) == (1 if note.strip() else 0)


def test_something_that_is_no_form_is_415(cast: Cast) -> None:
    for body, kind in ((b'{"mood": 3}', "application/json"), (b"mood=3", "text/plain")):
        answer = cast.browser("Ana").post("/journal", data=body, content_type=kind)
        assert answer.status_code == 415
    assert entries(cast, "Ana") == []


def test_a_body_beyond_a_mebibyte_is_413(cast: Cast) -> None:
    answer = cast.browser("Ana").post("/journal", data={"mood": "3", "note": "a" * 1024 * 1024})
    assert answer.status_code == 413
    assert entries(cast, "Ana") == []


def test_a_refusal_is_said_in_the_readers_language(cast: Cast) -> None:
    cast.takes_part("Wendy", "Willow", locale="en")
    answer = cast.browser("Wendy").post("/journal", data={"mood": "9"})
    assert '<html lang="en">' in answer.text
    assert "Choose one of the five answers." in answer.text
