"""One's own notes are found again, by nobody else, and what was looked for is written nowhere."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.groups.record import content
from tests.home.test_today import statements
from tests.journal.record import note_mood, years_of_notes
from wellbeing.db import db
from wellbeing.models.note import Note
from wellbeing.models.person import PersonKey

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def noise(cast: Cast) -> None:
    """Cleo wrote the very words that Ana looks for."""
    note_mood(cast, "Cleo", 1, felt_at="2026-03-05", note=f"L’été au cœur {CANARY}", emotions=["joy"])


def find(cast: Cast, name: str = "Ana", **asked: Any) -> str:
    answer = cast.browser(name).post("/journal/search", data=asked)
    assert answer.status_code == 200
    return answer.text


def days(page: str) -> list[str]:
    """The days that were found, in the order in which they are shown."""
    return re.findall(r'<a class="line" id="found-[0-9a-f]{32}" href="/journal/([\d-]+)#entry-', page)


def test_a_note_is_found_by_the_beginning_of_a_word_whatever_its_accents(cast: Cast) -> None:
    uid = note_mood(
        cast, "Ana", 4, felt_at="2026-03-03", note="Nous avons dansé dehors, le cœur léger.\nC’était l’été."
    )
    note_mood(cast, "Ana", 2, felt_at="2026-03-04", note="Rien de tel.")
    note_mood(cast, "Ana", 2, felt_at="2026-03-06")
    for words in ("ÉTÉ", "coeur", "dans", "leger danse"):
        page = find(cast, words=words)
        assert days(page) == ["2026-03-03"], words
        assert "1 note trouvée" in page
    assert f'href="/journal/2026-03-03#entry-{uid}"' in page
    assert re.search(r"Nous avons <b>dansé</b> dehors, le cœur léger\. C’était l’été\.", page)
    assert CANARY not in page


def test_a_note_is_found_by_an_emotion_and_by_its_date(cast: Cast) -> None:
    for day in range(1, 10):
        words = ["joy"] if day % 2 else ["stress", "joy"] if day == 4 else []
        note_mood(cast, "Ana", 3, felt_at=f"2026-03-0{day}", emotions=words, note=f"jour {day}")
    assert days(find(cast, emotion="joy")) == [f"2026-03-0{day}" for day in (9, 7, 5, 4, 3, 1)]
    assert days(find(cast, emotion="stress")) == ["2026-03-04"]
    assert days(find(cast, since="2026-03-04", until="2026-03-05")) == ["2026-03-05", "2026-03-04"]
    assert days(find(cast, since="2026-03-08")) == ["2026-03-09", "2026-03-08"]
    assert days(find(cast, until="2026-03-01")) == ["2026-03-01"]
    assert days(find(cast, emotion="joy", words="jour", since="2026-03-05", until="2026-03-08")) == [
        "2026-03-07", "2026-03-05",
    ]  # fmt: skip
    page = find(cast, emotion="anger")
    assert days(page) == []
    assert "Aucune note trouvée" in page


def test_notes_of_the_days_of_a_groups_sessions_are_found_and_of_no_other_group(cast: Cast, clock: Clock) -> None:
    assert 'name="group"' not in cast.browser("Ana").get("/journal/search").text
    with cast.app.app_context():
        past = db.session.execute(db.text("SELECT uid FROM workshop ORDER BY starts_at, group_id")).scalars().first()
    assert cast.browser("Ana").put(f"/workshops/{past}/attendance").status_code in (200, 303)
    there, other = cast.now - timedelta(days=1), cast.now - timedelta(days=2)
    for moment in (there, other):
        note_mood(cast, "Ana", 4, felt_at=moment.isoformat(), note="un mot")
    form = cast.browser("Ana").get("/journal/search").text
    assert f'<option value="{cast.groups["Willow"].uid}" >Willow</option>' in form
    assert "Oak" not in form
    willow = cast.groups["Willow"].uid
    assert days(find(cast, group=willow)) == [str(there.date())]
    assert days(find(cast, group=willow, words="mot")) == [str(there.date())]
    answers = [
        cast.browser("Ana").post("/journal/search", data={"group": uid}) for uid in (cast.groups["Oak"].uid, "0" * 32)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_what_was_looked_for_is_still_in_the_form_and_in_no_address(cast: Cast) -> None:
    for day in range(25):
        note_mood(cast, "Ana", 4, felt_at=str(cast.now.date() - timedelta(days=day)), note="mot rare", emotions=["joy"])
    page = find(cast, words="mot", emotion="joy")
    assert 'name="words" value="mot"' in page
    assert '<option value="joy" selected>' in page
    assert not re.search(r'(href|action)="[^"]*(mot|joy|\?)', page[page.index("<main") : page.index("</main>")])
    assert len(days(page)) == 20
    assert "Page 1 sur 2" in page
    assert '<input type="hidden" name="words" value="mot"><input type="hidden" name="emotion" value="joy">' in page
    second = find(cast, words="mot", emotion="joy", page="2")
    assert len(days(second)) == 5
    assert not set(days(page)) & set(days(second))
    assert days(find(cast, words="mot", page="99")) == days(second)  # a page after the last is the last
    for page_asked in ("0", "-1", "deux", "٢", "9" * 30):
        assert len(days(find(cast, words="mot", page=page_asked))) in (5, 20)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Écrivez un mot, ou choisissez une émotion, un groupe ou une date."),
        ({"words": " ?! "}, "Écrivez un mot, ou choisissez une émotion, un groupe ou une date."),
        ({"words": "x" * 101}, "Cette recherche dépasse 100 caractères."),
        ({"words": "mot", "emotion": "courage"}, "Choisissez"),
        ({"words": "mot", "since": "2026-02-30"}, "Cette date n’est pas valable."),
        ({"words": "mot", "since": "2026-03-02", "until": "2026-03-01"}, "La seconde date vient avant la première."),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_stays_in_the_form(
    cast: Cast, asked: dict[str, str], sentence: str
) -> None:
    answer = cast.browser("Ana").post("/journal/search", data=asked)
    assert answer.status_code == 422
    said = re.search(r'id="\w+-error">.*?<span>([^<]+)</span>', answer.text, re.DOTALL)
    assert said
    if asked.get("emotion") is None:
        assert sentence in said[1]
    assert 'aria-invalid="true"' in answer.text
    for name, typed in asked.items():
        assert name == "emotion" or f'name="{name}" value="{typed}"' in answer.text
    script = cast.browser("Ana").post("/journal/search", data=asked, headers=HTMX)
    assert script.status_code == 422
    assert said[1] in script.text


def test_letters_that_are_none_are_refused_in_words(cast: Cast) -> None:
    answer = cast.browser("Ana").post("/journal/search", data={"words": "mot\x00"})
    assert answer.status_code == 422
    twice = cast.browser("Ana").post("/journal/search", data={"words": ["mot", "autre"]})
    assert twice.status_code == 422
    assert cast.browser("Ana").post("/journal/search", json={"words": "mot"}).status_code == 415


def test_a_script_is_answered_with_the_results_alone(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03", note="un mot")
    answer = cast.browser("Ana").post("/journal/search", data={"words": "mot"}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="results"')
    assert days(answer.text) == ["2026-03-03"]


def test_nobody_else_finds_anything_and_a_visitor_is_sent_to_sign_in(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03", note="un mot à moi")
    for name in ("Ben", "Cleo", "Fay", "Sam"):
        assert days(find(cast, name, words="moi")) == []
    assert cast.stranger().post("/journal/search", data={"words": "moi"}).status_code == 401
    assert cast.stranger().get("/journal/search").location == "/sign-in?next=/journal/search"


def test_looking_for_something_writes_nothing_and_logs_no_word(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03", note=f"un mot {CANARY}", emotions=["joy"])
    before = content(cast)
    capsys.readouterr()
    assert CANARY in find(cast, words=CANARY, emotion="joy")
    cast.browser("Ana").post("/journal/search", data={"words": CANARY, "until": "hier"})
    logged = capsys.readouterr().out
    assert content(cast) == before
    assert '"route": "/journal/search"' in logged
    assert CANARY not in logged
    assert "joy" not in logged


def test_a_page_of_words_is_kept_by_no_browser(cast: Cast) -> None:
    answer = cast.browser("Ana").post("/journal/search", data={"words": "mot"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_notes_that_cannot_be_read_are_counted_and_break_nothing(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03", note="un mot")
    broken = note_mood(cast, "Ana", 4, felt_at="2026-03-04", note="un mot")
    with cast.app.app_context():
        entry = db.session.scalar(db.text("SELECT id FROM entry WHERE uid = :uid"), {"uid": broken})
        db.session.execute(db.update(Note).where(Note.entry_id == entry).values(text=b"\x01" + b"x" * 40))
        db.session.commit()
    page = find(cast, words="mot")
    assert days(page) == ["2026-03-03"]
    assert "1 note ne peut pas être lue." in page
    with cast.app.app_context():
        db.session.execute(db.delete(PersonKey).where(PersonKey.person_id == cast.people["Ana"].person.id))
        db.session.commit()
    page = find(cast, words="mot")
    assert days(page) == []
    assert "2 notes ne peuvent pas être lues." in page
    assert len(days(find(cast, since="2026-03-01"))) == 2


def said(ago: int) -> str:
    """A note of some two hundred signs; one in a hundred holds the word."""
    return f"Jour {ago}. Après l’atelier, le cœur plus léger, nous avons parlé dehors. " * 3 + "frêne" * (
        ago % 100 == 0
    )


def test_ten_years_take_the_statements_of_a_first_day_and_little_memory_is_shown(cast: Cast) -> None:
    ana = cast.browser("Ana")
    note_mood(cast, "Ana", 4, note="frêne")
    ana.post("/journal/search", data={"words": "frene"})
    with statements(cast) as first_day:
        ana.post("/journal/search", data={"words": "frene"})
    years_of_notes(cast, "Ana", 3650, said)
    with statements(cast) as later:
        began = time.process_time()
        page = ana.post("/journal/search", data={"words": "frene"}).text
        spent = time.process_time() - began
    assert "38 notes trouvées" in page  # thirty-seven of the ten years, and today's
    assert len(days(page)) == 20
    assert len(later) == len(first_day) <= 8, "\n\n".join(later)
    assert spent < 2  # some tens of milliseconds on a quiet machine: what grows is opening boxes, and nothing else
