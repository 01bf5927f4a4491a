"""Today: the five buttons first, then what is near; and the door for those who have no account yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.cast import CANARY, Cast
from tests.journal.record import note_mood, rows
from wellbeing.db import db
from wellbeing.web.locale import t

HTMX = {"HX-Request": "true"}
THE_THREAD = re.compile(
    r"data-streak|href=\"/streak\" data|Votre fil|le fil|Première semaine|Un jour|semaine", re.IGNORECASE
)


@contextmanager
def statements(cast: Any) -> Iterator[list[str]]:
    """Every statement sent to the database of this cast, or of whatever else has an application, meanwhile."""
    sent: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":
            sent.append(statement)

    with cast.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield sent
    event.remove(engine, "before_cursor_execute", listen)


def without_bar(html: str) -> str:
    """The page's own content: the bar names the thread's page on every page."""
    return html[html.index("<main") : html.index("</main>")]


def test_the_five_buttons_come_first_and_help_is_there(cast: Cast) -> None:
    shown = cast.browser("Ana").get("/").text
    names = re.findall(r'<button class="mood" name="mood" value="(\d)"[^>]*aria-label="([^"]+)"', shown)
    words = ["très difficile", "difficile", "moyen", "bien", "très bien"]
    assert names == [(str(n), f"Noter\u00a0: {word}") for n, word in enumerate(words, start=1)]
    assert "<legend>Comment ça va, là, maintenant\u202f?</legend>" in shown
    assert 'href="/help/fr"' in shown
    assert shown.index('id="picker"') < shown.index('id="next"')
    assert re.search(r'name="op_id" value="[0-9a-f-]{36}"', shown)


def test_each_look_at_today_offers_a_name_of_its_own(cast: Cast) -> None:
    found = {re.findall(r'name="op_id" value="([^"]+)"', cast.browser("Ana").get("/").text)[0] for _ in range(2)}
    assert len(found) == 2


def test_a_page_without_script_shows_what_was_saved_and_offers_the_rest(cast: Cast) -> None:
    ana = cast.browser("Ana")
    shown = ana.get(ana.post("/journal", data={"mood": "4"}).headers["Location"]).text
    assert "Noté\u00a0: bien." in shown
    assert "Annuler" in shown
    for question in (
        "Et votre énergie\u202f? (facultatif)",
        "Un mot pour le dire\u202f? (3 au plus)",
        "Une note pour vous",
    ):
        assert question in shown
    assert shown.index("Agréable, peu d’énergie") < shown.index("Peu agréable, beaucoup d’énergie")


def test_what_is_added_without_script_is_confirmed(cast: Cast) -> None:
    uid = note_mood(cast, "Ana")
    ana = cast.browser("Ana")
    answer = ana.post(f"/journal/entries/{uid}", data={"mood": "4", "energy": "3", "note": "mot"})
    shown = ana.get(answer.headers["Location"]).text
    assert "C’est noté." in shown
    assert "Modifier ou effacer plus tard, dans Mes notes." in shown
    assert 'id="questions"' not in shown


def test_the_tap_of_a_script_is_answered_with_its_pieces(cast: Cast) -> None:
    ana = cast.browser("Ana")
    answer = ana.post("/journal", data={"mood": "5"}, headers=HTMX)
    assert answer.status_code == 200
    assert "Noté\u00a0: très bien." in answer.text
    assert answer.text.lstrip().startswith('<div class="saved"')
    targets = re.findall(r'<hx-partial hx-target="#([\w-]+)"', answer.text)
    assert targets == ["details", "today", "line-thread"]
    undone = ana.post(re.findall(r'action="([^"]+/deletion)"', answer.text)[0], headers=HTMX)
    assert "C’est effacé." in undone.text
    assert 'id="questions"' not in undone.text


@pytest.mark.parametrize("mood", [1, 2])
def test_after_a_hard_mood_nothing_counts_and_someone_to_talk_to_is_near(cast: Cast, mood: int) -> None:
    for day in range(2, 12):
        note_mood(cast, "Ana", 4, felt_at=f"2026-03-{day:02d}")
    ana = cast.browser("Ana")
    assert "data-streak" in ana.get("/").text
    plain = ana.get(ana.post("/journal", data={"mood": mood}).headers["Location"]).text
    script = ana.post("/journal", data={"mood": mood}, headers=HTMX).text
    assert '<hx-partial hx-target="#line-thread"' in script
    for shown in (without_bar(plain), script):
        assert "C’est noté. Merci de l’avoir posé ici." in shown
        assert "Besoin de parler à quelqu’un\u202f?" in shown
        assert not THE_THREAD.search(shown)
        assert "Noté\u00a0:" not in shown
    with cast.app.test_request_context("/"):
        said = [t(key) for key in ("thread.waiting", "thread.archived", "thread.private", "thread.grow_b")]
    assert not any(sentence in plain for sentence in said)


@pytest.mark.parametrize(
    ("words", "offered"),
    [(["emptiness"], True), (["joy", "loneliness"], True), (["discouragement"], True), (["sadness", "fear"], False)],
)
def test_three_words_bring_the_same_quiet_link_and_nothing_else(cast: Cast, words: list[str], offered: bool) -> None:
    uid = note_mood(cast, "Ana", 4)
    answer = cast.browser("Ana").post(f"/journal/entries/{uid}", data={"mood": "4", "emotions": words}, headers=HTMX)
    assert ("Besoin de parler à quelqu’un" in answer.text) is offered
    assert "C’est noté." in answer.text


def test_today_shows_what_was_noted_today_and_nobody_elses(cast: Cast) -> None:
    note_mood(cast, "Cleo", 1, note=f"Cleo {CANARY}")
    note_mood(cast, "Ana", 4, felt_at="2026-03-10")
    uid = note_mood(cast, "Ana", 5)
    shown = cast.browser("Ana").get("/").text
    assert re.findall(r'href="/journal/entries/([0-9a-f]+)"', shown) == [uid]
    assert CANARY not in shown


def test_the_next_workshop_and_the_group_are_named(cast: Cast) -> None:
    shown = cast.browser("Ana").get("/").text
    assert "Vous êtes dans le groupe Willow." in shown
    assert "Prochaine séance\u00a0: jeudi 12 mars, 19\u00a0h\u00a000" in shown
    assert "Oak" not in shown


def test_somebody_elses_note_in_the_address_shows_nothing(cast: Cast) -> None:
    uid = note_mood(cast, "Cleo", 1)
    for parameter in ("saved", "kept"):
        shown = cast.browser("Ana").get(f"/?{parameter}={uid}")
        assert shown.status_code == 200
        assert "C’est noté." not in shown.text
        assert 'id="questions"' not in shown.text


def test_without_consent_today_offers_to_give_it_and_still_shows_dates_and_help(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    shown = cast.browser("Dora").get("/").text
    assert "Pour noter une humeur, il faut votre accord pour l’enregistrer." in shown
    assert 'name="mood"' not in shown
    assert "Prochaine séance" in shown


def test_today_asks_little_of_the_database_and_no_more_as_years_pile_up(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.get("/")
    with statements(cast) as first:
        ana.get("/")
    for day in range(1, 12):
        for month in ("2026-03", "2026-02", "2025-11"):
            note_mood(cast, "Ana", 4, felt_at=f"{month}-{day:02d}", note="x", emotions=["joy", "trust"])
    with statements(cast) as later:
        ana.get("/")
    assert first
    assert len(later) <= len(first)
    assert len(first) <= 9, "\n\n".join(first)  # the ninth looks for what was taken away from the last workshop


def test_looking_changes_nothing(cast: Cast) -> None:
    uid = note_mood(cast, "Ana")
    tables = ("entry", "operation", "logged_year", "note")
    before = [rows(cast.app, f"SELECT * FROM {table}") for table in tables]
    for address in ("/", f"/?saved={uid}", "/journal", "/journal/2026-03-11", f"/journal/entries/{uid}/deletion"):
        assert cast.browser("Ana").get(address).status_code == 200
    assert [rows(cast.app, f"SELECT * FROM {table}") for table in tables] == before


# --- the door ---------------------------------------------------------------------------------------------------------
def test_a_stranger_finds_the_ways_in(cast: Cast) -> None:
    shown = cast.stranger().get("/").text
    assert "Un petit journal autour des ateliers." in shown
    assert '<form class="card form" method="get" action="/join">' in shown
    assert 'href="/sign-in"' in shown
    assert 'href="/help/fr"' in shown
    assert "/setup" not in shown


def test_the_first_start_is_offered_only_while_there_is_no_steward(app: Any) -> None:
    assert 'href="/setup"' in app.test_client().get("/").text
