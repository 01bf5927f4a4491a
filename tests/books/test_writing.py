"""Somebody who runs a group writes for themselves what they meant and what worked, and reads it again."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from sqlalchemy import text as sql

from tests.cast import CANARY, Cast
from tests.journal.record import rows
from wellbeing.db import db
from wellbeing.withdrawals import NAME

TEXTS = {"intention": "Commencer au sol.", "worked": "La ronde.", "adapt": "Moins de musique."}
PAGES = "SELECT person_id, intention, worked, adapt FROM book_page"


def read(page: str) -> dict[str, str]:
    """The texts as the form holds them."""
    found = re.findall(r'<textarea id="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def edition(page: str) -> str:
    found = re.search(r'name="edition" value="([^"]*)"', page)
    assert found
    return found[1]


def test_three_texts_are_kept_and_read_again(cast: Cast, book: str) -> None:
    fay = cast.browser("Fay")
    assert f'href="{book}"' in fay.get(book.removesuffix("/book")).text
    empty = fay.get(book).text
    assert read(empty) == dict.fromkeys(TEXTS, "")
    assert empty.count("N’écrivez ni nom, ni situation personnelle d’une personne du groupe.") == 3
    assert "Pour vous seulement. Chiffré" in empty
    answer = fay.post(book, data={**TEXTS, "edition": edition(empty)})
    assert (answer.status_code, answer.location) == (303, f"{book}?said=saved.ok")
    page = fay.get(answer.location).text
    assert read(page) == TEXTS
    assert "C’est noté." in page
    listed = fay.get("/book").text
    assert f'href="{book}"' in listed
    assert "Danse douce" in listed
    assert 'href="/book"' in fay.get("/groups").text
    assert 'href="/book"' in fay.get("/settings").text


def test_one_text_is_enough_and_an_empty_one_is_taken_back(cast: Cast, book: str) -> None:
    fay = cast.browser("Fay")
    fay.post(book, data={"worked": "La ronde.\r\nLe silence."})
    assert read(fay.get(book).text) == {"intention": "", "worked": "La ronde.\nLe silence.", "adapt": ""}
    fay.post(book, data={"intention": "Au sol.", "worked": "  "})
    assert read(fay.get(book).text) == {"intention": "Au sol.", "worked": "", "adapt": ""}
    ledger = cast.app.config["LE_FIL"].instance / NAME
    assert [json.loads(line)["kind"] for line in ledger.read_text().splitlines()] == ["book.worked"]
    assert "ronde" not in ledger.read_text()
    fay.post(book, data={"intention": ""})
    assert rows(cast.app, PAGES) == []
    assert "Rien d’écrit." in fay.get("/book").text


def test_nothing_written_keeps_nothing(cast: Cast, book: str) -> None:
    assert cast.browser("Fay").post(book, data={"intention": " ", "edition": ""}).status_code == 303
    assert rows(cast.app, PAGES) == []


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (CANARY + "x" * 4000, "Cette note dépasse 4\u202f000 caractères. Elle est encore là\u00a0: raccourcissez-la."),
        (f"{CANARY}\x00", "Ce texte contient un caractère illisible."),
    ],
)
def test_a_text_that_cannot_be_kept_stays_in_the_form(
    cast: Cast, book: str, name: str, text: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fay = cast.browser("Fay")
    answer = fay.post(book, data={**TEXTS, name: text})
    assert answer.status_code == 422
    assert sentence in answer.text
    typed = read(answer.text)
    assert {**typed, name: ""} == {**TEXTS, name: ""}
    assert CANARY in typed[name]
    assert rows(cast.app, PAGES) == []
    assert CANARY not in capsys.readouterr().out
    assert fay.post(book, data={**TEXTS, name: "x" * 4000}).status_code == 303


def test_what_another_device_wrote_is_not_overwritten_unseen(cast: Cast, book: str) -> None:
    phone, laptop = cast.browser("Fay"), cast.browser("Fay")
    seen = edition(phone.get(book).text)
    laptop.post(book, data={**TEXTS, "edition": seen})
    refused = phone.post(book, data={"intention": "Au mur.", "worked": "La ronde.", "adapt": "", "edition": seen})
    assert refused.status_code == 422
    assert "Cette page a changé entre-temps, sur un autre appareil." in refused.text
    assert read(refused.text) == {"intention": "Au mur.", "worked": "La ronde.", "adapt": ""}
    beside = re.findall(r'class="entry-words"[^>]*>(.*?)</p>', refused.text)
    assert beside == ["Commencer au sol.", "Moins de musique."]
    assert read(laptop.get(book).text) == TEXTS
    chosen = {"intention": "Au mur.", "worked": "La ronde.", "adapt": "", "edition": edition(refused.text)}
    assert phone.post(book, data=chosen).status_code == 303
    assert read(laptop.get(book).text) == {"intention": "Au mur.", "worked": "La ronde.", "adapt": ""}


def test_an_answer_that_got_lost_is_given_again(cast: Cast, book: str) -> None:
    fay = cast.browser("Fay")
    seen = edition(fay.get(book).text)
    for _ in range(2):
        assert fay.post(book, data={**TEXTS, "edition": seen}).status_code == 303
    assert len(rows(cast.app, PAGES)) == 1


def test_a_text_that_cannot_be_read_is_said_and_left_alone(cast: Cast, book: str) -> None:
    fay = cast.browser("Fay")
    fay.post(book, data=TEXTS)
    with cast.app.app_context():
        db.session.execute(sql("UPDATE book_page SET worked = intention"))
        db.session.commit()
    page = fay.get(book).text
    assert "Cette note ne peut pas être lue." in page
    assert read(page) == {"intention": TEXTS["intention"], "adapt": TEXTS["adapt"]}
    before = rows(cast.app, PAGES)[0].worked
    assert fay.post(book, data={"intention": "Autre", "adapt": "", "edition": edition(page)}).status_code == 303
    assert rows(cast.app, PAGES)[0].worked == before
