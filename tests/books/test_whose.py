"""A book is its author's alone: nobody who runs the group with them meets a word of it, and leaving takes none."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.books.test_writing import PAGES, TEXTS, read
from tests.cast import CANARY, Cast
from tests.groups.record import bare, content, workshops_of
from tests.journal.record import rows
from tests.teams.record import membership, team_page
from wellbeing.db import db
from wellbeing.models.workshop import Workshop

CLEAR = {"intention": f"Le rythme {CANARY}", "worked": f"La ronde {CANARY}", "adapt": f"Le silence {CANARY}"}


def test_each_keeps_a_page_of_their_own(cast: Cast, book: str) -> None:
    fay, hugo = cast.browser("Fay"), cast.browser("Hugo")
    fay.post(book, data=TEXTS)
    assert read(hugo.get(book).text) == dict.fromkeys(TEXTS, "")
    assert "Rien d’écrit." in hugo.get("/book").text
    hugo.post(book, data={"worked": "Autre chose."})
    assert read(fay.get(book).text) == TEXTS
    assert read(hugo.get(book).text) == {"intention": "", "worked": "Autre chose.", "adapt": ""}


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_whoever_does_not_run_the_group_has_no_page_there(cast: Cast, book: str, name: str) -> None:
    cast.browser("Fay").post(book, data=TEXTS)
    before = content(cast)
    browser, nowhere = cast.browser(name), book.replace(cast.groups["Willow"].uid, "0" * 32)
    for method in ("GET", "POST"):
        assert bare(browser, book, method) == bare(browser, nowhere, method)
        assert browser.open(book, method=method).status_code == 404
    assert cast.stranger().post(book, data=TEXTS).status_code == 401
    assert cast.stranger().get(book).status_code == 303
    assert content(cast) == before


def test_a_page_belongs_to_its_groups_dates(cast: Cast, book: str) -> None:
    oak = workshops_of(cast, cast.groups["Oak"])[0].uid
    crossed = f"/groups/{cast.groups['Willow'].uid}/workshops/{oak}/book"
    assert cast.browser("Fay").post(crossed, data=TEXTS).status_code == 404
    assert rows(cast.app, PAGES) == []


def test_who_never_ran_a_group_has_no_book(cast: Cast) -> None:
    assert cast.browser("Ana").get("/book").status_code == 404
    assert 'href="/book"' not in cast.browser("Ana").get("/settings").text
    assert cast.stranger().get("/book").status_code == 303


def test_what_one_wrote_stays_ones_own_after_leaving_the_team(cast: Cast, book: str) -> None:
    fay, hugo = cast.browser("Fay"), cast.browser("Hugo")
    hugo.post(book, data=TEXTS)
    fay.post(f"{team_page(cast)}/{membership(cast, 'Hugo')}/end")
    other = book.replace(
        workshops_of(cast, cast.groups["Willow"])[0].uid, workshops_of(cast, cast.groups["Willow"])[1].uid
    )
    assert hugo.get(book.removesuffix("/book")).status_code == 404
    assert hugo.get(other).status_code == 404  # a date of which he wrote nothing
    assert hugo.post(other, data=TEXTS).status_code == 404
    assert 'href="/book"' in hugo.get("/settings").text
    assert f'href="{book}"' in hugo.get("/book").text
    assert read(hugo.get(book).text) == TEXTS
    hugo.post(book, data={**TEXTS, "adapt": "À relire."})
    assert read(hugo.get(book).text)["adapt"] == "À relire."
    answer = hugo.post(book, data=dict.fromkeys(TEXTS, ""))
    assert (answer.status_code, answer.location) == (303, "/?said=saved.ok")
    for address in (book, "/book"):
        assert hugo.get(address).status_code == 404
    assert 'href="/book"' not in hugo.get("/settings").text


def test_erasing_an_account_takes_its_book_and_no_other(cast: Cast, book: str) -> None:
    fay, hugo = cast.browser("Fay"), cast.browser("Hugo")
    fay.post(book, data=CLEAR)
    hugo.post(book, data=TEXTS)
    assert fay.post("/settings/erasure", data={}).status_code == 303
    assert [row.person_id for row in rows(cast.app, PAGES)] == [cast.people["Hugo"].person.id]
    assert read(hugo.get(book).text) == TEXTS


# --- the vault --------------------------------------------------------------------------------------------------------
def test_a_stolen_database_holds_no_word_of_it(cast: Cast, book: str) -> None:
    cast.browser("Fay").post(book, data=CLEAR)
    assert not any(
        CANARY in line or CANARY.encode().hex() in line for lines in content(cast).values() for line in lines
    )
    url = cast.app.config["LE_FIL"].database_url
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(path.name + "*"):
            assert CANARY.encode() not in file.read_bytes()
    (page,) = rows(cast.app, PAGES)
    assert [len(bytes(box)) for box in page[1:]] == [29 + len(words.encode()) for words in CLEAR.values()]


@pytest.mark.parametrize(
    "swap",
    [
        "UPDATE book_page SET intention = (SELECT intention FROM book_page o WHERE o.person_id <> book_page.person_id) "
        "WHERE person_id = (SELECT min(person_id) FROM book_page)",
        "UPDATE book_page SET workshop_id = (SELECT id FROM workshop WHERE uid = :other)",
        "UPDATE book_page SET intention = worked",
    ],
    ids=["another person's", "another workshop's", "another column's"],
)
def test_a_box_moved_to_another_person_row_or_column_is_not_read(
    cast: Cast, book: str, held: Workshop, swap: str
) -> None:
    for name in ("Fay", "Hugo"):
        cast.browser(name).post(book, data={**CLEAR, "intention": f"{name} {CANARY}"})
    other = workshops_of(cast, cast.groups["Willow"])[1].uid
    with cast.app.app_context():
        db.session.execute(text(swap), {"other": other} if ":other" in swap else {})
        db.session.commit()
    address = book.replace(held.uid, other) if ":other" in swap else book
    page = cast.browser("Fay").get(address).text
    assert "Cette note ne peut pas être lue." in page
    assert "intention" not in read(page)
    assert f"Hugo {CANARY}" not in page


# --- the canary -------------------------------------------------------------------------------------------------------
def test_nobody_else_meets_a_word_of_it_on_any_page_and_no_log_holds_one(
    cast: Cast, book: str, held: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.browser("Fay").post(book, data=CLEAR)
    values = {"wid": held.uid, "day": cast.now.date().isoformat(), "locale": "fr", "code": cast.codes[held.uid]}
    values |= {"mid": membership(cast, "Fay"), "number": cast.now.year, "name": "ons_lonely"}
    opened = 0
    for who, rule in product(("Ana", "Ben", "Cleo", "Gus", "Hugo", "Sam"), cast.app.url_map.iter_rules()):
        if "GET" not in (rule.methods or set()) or "path" in rule.arguments:
            continue
        in_group = rule.rule.startswith(("/groups", "/organisation/groups"))
        values["uid"] = cast.groups["Willow"].uid if in_group else held.uid
        asked = {name: values.get(name, "x") for name in rule.arguments}
        answer = cast.browser(who).get(cast.app.url_map.bind("localhost").build(rule.endpoint, asked, method="GET"))
        opened += answer.status_code == 200
        assert not re.search("Le rythme|La ronde|Le silence", answer.text)
        answer.close()
    assert opened > 90
    assert not re.search(f"rythme|ronde|silence|{CANARY}", capsys.readouterr().out)


def test_the_authors_own_pages_behind_the_wall_hold_no_word_of_it_either(cast: Cast, book: str) -> None:
    fay = cast.browser("Fay")
    fay.post(book, data=CLEAR)
    date = book.removesuffix("/book")
    for address in ("/groups", date.split("/workshops")[0], date, f"{date}/code", team_page(cast), "/book"):
        answer = fay.get(address)
        assert answer.status_code == 200
        assert CANARY not in answer.text
