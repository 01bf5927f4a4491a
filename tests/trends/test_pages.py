"""The page, the card and the spreadsheet show the same frozen rows, to those who may see them, and nothing else."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.crowd import FIRST_DUE, FORTNIGHT, Crowd, block
from tests.trends.conftest import released
from tests.trends.reading import MESSAGES, off_csv, off_drawing, off_table
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.trends.queries import rows

NOTHING = ("", "", "", "")
ROWS = [
    ("2026-01-12", "2026-01-25", "at most", "2", "5", "9"),
    ("2026-01-26", "2026-02-08", *NOTHING),
    ("2026-02-09", "2026-02-22", "", "3", "10", "15"),
    ("2026-02-23", "2026-03-08", "", "3.5", "16", ""),
    ("2026-03-09", "2026-03-22", "at least", "4", "5", "9"),
]


def url(crowd: Crowd, kind: str = "", group: str = "Willow") -> str:
    return f"/groups/{crowd.groups[group].uid}/trends{kind}"


def read(crowd: Crowd, kind: str = "", name: str = "Fay", **request: str) -> str:
    answer = crowd.browser(name).get(url(crowd, kind), **request)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def test_the_page_the_spreadsheet_and_the_drawing_hold_the_same_rows(willow: Crowd) -> None:
    page = read(willow)
    assert off_table(page) == off_csv(read(willow, ".csv")) == ROWS
    assert off_drawing(page) == [1, None, 3, 4, 5]


def test_the_card_of_a_participant_is_that_of_the_page_byte_for_byte(willow: Crowd, app: Flask, clock: Clock) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        card = app.extensions["trends_card"](willow.groups["Willow"], clock.now.date())
    assert card in willow.browser("Fay").get(url(willow)).text


def test_the_sentence_comes_first_then_the_drawing_then_the_table(willow: Crowd) -> None:
    page = read(willow)
    sentence = "Du 9 au 22 mars, les humeurs du groupe disent : plutôt bien."
    order = [page.index(part) for part in (sentence, 'class="levels"', "Niveau arrondi et brouillé exprès", "<table")]
    assert order == sorted(order)
    assert '<div class="levels" data-rows="5" aria-hidden="true">' in page
    assert re.search(r'<th scope="row">Du 23 février au 8 mars 2026</th>', page)


def test_it_is_said_in_english_to_who_reads_english(willow: Crowd, app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.query(Person).filter_by(id=willow.people["Fay"]).update({"locale": "en"})
    page = read(willow)
    assert "From 9 to 22 March, the group’s moods say: rather good." in page
    assert off_table(page) == ROWS


def test_before_a_first_period_is_due_no_message_counts_anybody(willow: Crowd, clock: Clock) -> None:
    clock.set(FIRST_DUE - timedelta(seconds=1))
    page = read(willow)
    assert "Rien encore. La première période se clôt quelques semaines après la création du groupe." in page
    assert "Dans un groupe de moins de 7 personnes" in page
    assert MESSAGES["fr"] not in page
    assert off_table(page) == off_csv(read(willow, ".csv")) == []


def test_a_period_without_a_figure_says_the_one_message_whatever_the_reason(willow: Crowd, clock: Clock) -> None:
    clock.set(FIRST_DUE + 5 * FORTNIGHT)
    not_yet_computed = read(willow)
    released(willow, 5, None)
    assert read(willow) == not_yet_computed
    assert f'<p class="say">{MESSAGES["fr"]}</p>' in not_yet_computed


def test_a_direction_is_said_only_of_four_adjoining_figures(willow: Crowd, clock: Clock) -> None:
    assert "Évolution : stable ou non interprétable." in read(willow)
    assert "« Stable » ne dit pas que rien n’a changé." in read(willow)
    clock.set(FIRST_DUE + 5 * FORTNIGHT)
    released(willow, 5, (35, 5))
    assert "Évolution : en hausse." in read(willow)
    assert "Un seul cran d’écart n’est pas un changement." in read(willow)
    assert "ne dit pas que rien n’a changé" not in read(willow)


@pytest.mark.parametrize("kind", ["", ".csv"])
def test_no_parameter_and_no_header_changes_a_byte(willow: Crowd, kind: str) -> None:
    fay = willow.browser("Fay")
    plain = fay.get(url(willow, kind))
    names = ("from", "to", "week", "block", "day", "limit", "sort", "user", "workshop", "item", "group", "lang")
    for name in names:
        assert fay.get(f"{url(willow, kind)}?{name}=2026-01-14").data == plain.data
    for name, value in {"HX-Request": "true", "Range": "bytes=0-10", "If-None-Match": "*", "X-Now": "2030"}.items():
        answer = fay.get(url(willow, kind), headers={name: value})
        assert (answer.status_code, answer.data) == (200, plain.data)
    head = fay.head(url(willow, kind))
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(plain.data))
    assert fay.post(url(willow, kind)).status_code == 405
    assert "ETag" not in plain.headers
    assert "Last-Modified" not in plain.headers
    assert plain.headers["Cache-Control"] == "no-store"


def test_the_spreadsheet_has_a_name_that_says_nothing(willow: Crowd) -> None:
    answer = willow.browser("Fay").get(url(willow, ".csv"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="trends.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("kind", ["", ".csv"])
def test_only_the_team_of_the_group_opens_it_and_others_find_nothing(willow: Crowd, app: Flask, kind: str) -> None:
    willow.group("Oak")
    willow.leads("Gus", "Oak")
    willow.stewards("Sam")
    gus = willow.browser("Gus")
    answers = [willow.browser(name).get(url(willow, kind)) for name in ("Ana", "Gus", "Sam")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not any(b"Humeur du groupe" in answer.data for answer in answers)
    nowhere = gus.get(f"/groups/{'0' * 32}/trends{kind}")
    changing = re.compile(rb"[0-9a-f]{16,32}")  # the address that was asked for, and the number of the request
    assert changing.sub(b"", gus.get(url(willow, kind)).data) == changing.sub(b"", nowhere.data)
    signed_out = app.test_client().get(url(willow, kind))
    assert (signed_out.status_code, signed_out.headers["Location"].split("?")[0]) == (303, "/sign-in")


def test_a_closed_group_is_read_by_who_ran_it_and_found_by_nobody_else(willow: Crowd, app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.query(Group).update({"closed_at": FIRST_DUE})
    assert willow.browser("Fay").get(url(willow)).status_code == 200
    assert willow.browser("Ana").get(url(willow)).status_code == 404


def test_a_closed_group_lists_what_was_due_before_it_closed(willow: Crowd, app: Flask) -> None:
    group = willow.groups["Willow"]
    with app.app_context():
        group.closed_at = FIRST_DUE + FORTNIGHT
        assert [found.start for found, _ in rows(group, date(2026, 12, 1))] == [block(0), block(1)]
        db.session.rollback()
